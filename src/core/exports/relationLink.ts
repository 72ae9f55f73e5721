import type { Entity, Relation, RelationType } from '../types';
import { placeKey } from '../text/mentions';
import type { Annotator, Attributed } from './annotator';

/** A relation as it is stored in files: between two mentions of a list, by their indices. */
export interface RelationLink {
  readonly type: RelationType;
  readonly subject: number;
  readonly object: number;
  /** Undefined in files made by people. */
  readonly probability?: number | undefined;
  readonly isNegated: boolean;
  readonly isSpeculated: boolean;
  /** Undefined if the file does not name the annotator. */
  readonly annotator?: Annotator | undefined;
}

/** Converts relations to links between entities. Relations whose entities are not in the list are left out. */
export function toLinks(
  relations: readonly Attributed<Relation>[],
  entities: readonly Entity[],
): readonly RelationLink[] {
  const indexOf = new Map(entities.map((entity, index) => [placeKey(entity), index]));
  return relations.flatMap(({ type, subject, object, probability, negated, speculated, annotator }) => {
    const from = indexOf.get(placeKey(subject));
    const to = indexOf.get(placeKey(object));
    if (from === undefined || to === undefined) return [];
    const [isNegated, isSpeculated] = [negated !== undefined, speculated !== undefined];
    const link = { type, subject: from, object: to, probability, isNegated, isSpeculated };
    return [annotator === undefined ? link : { ...link, annotator }];
  });
}
