import type { Entity, Relation, RelationType, Segment } from '../types';
import { roundProbability, type Mention } from './mention';
import { toPassages, type PassageDocument } from './passages';

/** A relation as files carry it: between two mentions of one list, by their index in it. */
export interface RelationLink {
  readonly type: RelationType;
  readonly subject: number;
  readonly object: number;
  /** Absent in files made by people. */
  readonly probability?: number | undefined;
  readonly isNegated: boolean;
  readonly isSpeculated: boolean;
}

/** Relations by the mentions that they join; those whose mentions are not on the list are left out. */
export function toLinks(
  relations: readonly Relation[],
  entities: readonly Entity[],
): readonly RelationLink[] {
  const indexOf = new Map(entities.map((entity, index) => [placeKey(entity), index]));
  return relations.flatMap(({ type, subject, object, probability, negated, speculated }) => {
    const from = indexOf.get(placeKey(subject));
    const to = indexOf.get(placeKey(object));
    if (from === undefined || to === undefined) return [];
    const [isNegated, isSpeculated] = [negated !== undefined, speculated !== undefined];
    return [{ type, subject: from, object: to, probability, isNegated, isSpeculated }];
  });
}

/** A document for BioC, whose relations name the mentions of its passages. */
export function biocDocument(
  id: string,
  segments: readonly Segment[],
  entities: readonly Entity[],
  links: readonly RelationLink[],
): PassageDocument {
  const mentions = new Map<Entity | undefined, Mention>();
  const passages = toPassages(segments, entities, (mention, entity) => mentions.set(entity, mention));
  const relations = links.flatMap(({ type, subject, object, probability, isNegated, isSpeculated }) => {
    const from = mentions.get(entities[subject]);
    const to = mentions.get(entities[object]);
    if (!from || !to) return [];
    const infons = {
      type,
      ...(probability === undefined ? {} : { probability: String(roundProbability(probability)) }),
      ...(isNegated ? { negated: 'true' } : {}),
      ...(isSpeculated ? { speculated: 'true' } : {}),
    };
    return [{ subject: from, object: to, infons }];
  });
  return { id, passages, relations };
}

function placeKey({ start, end, type }: Entity): string {
  return `${start} ${end} ${type}`;
}
