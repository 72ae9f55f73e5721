import type { Entity, Relation, Span } from '../core/types';

/** Moves spans of a part of a file to the file. */
function shiftedSpan<S extends Span>(span: S, shift: number): S {
  return { ...span, start: span.start + shift, end: span.end + shift };
}

/** Moves mentions that were found in a part of a file to their places in the file. */
export function shiftedEntities(entities: readonly Entity[], shift: number): readonly Entity[] {
  return shift === 0 ? entities : entities.map((entity) => shiftedSpan(entity, shift));
}

/** Moves relations that were found in a part of a file to their places in the file. */
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
