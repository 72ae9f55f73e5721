/** Moves what was found in a part of a file to its place in the file. */
import type { Abbreviation, Entity, Relation, Span } from '../types';

export function shiftedSpan<S extends Span>(span: S, shift: number): S {
  return { ...span, start: span.start + shift, end: span.end + shift };
}

export function shiftedEntities(entities: readonly Entity[], shift: number): readonly Entity[] {
  return shift === 0 ? entities : entities.map((entity) => shiftedSpan(entity, shift));
}

export function shiftedAbbreviations(all: readonly Abbreviation[], shift: number): readonly Abbreviation[] {
  if (shift === 0) return all;
  return all.map((each) => ({
    ...each,
    short: shiftedSpan(each.short, shift),
    long: shiftedSpan(each.long, shift),
  }));
}

export function shiftedRelations(relations: readonly Relation[], shift: number): readonly Relation[] {
  if (shift === 0) return relations;
  return relations.map((relation) => ({
    ...relation,
    subject: shiftedSpan(relation.subject, shift),
    object: shiftedSpan(relation.object, shift),
    evidence: shiftedSpan(relation.evidence, shift),
    negated: relation.negated && shiftedSpan(relation.negated, shift),
    speculated: relation.speculated && shiftedSpan(relation.speculated, shift),
  }));
}
