import type { Entity, Relation, RelationType } from '../types';
import { placeKey } from '../text/mentions';
import type { Annotator, Attributed } from './annotator';

/** A relation as files carry it: between two mentions of one list, by their index in it. */
export interface RelationLink {
  readonly type: RelationType;
  readonly subject: number;
  readonly object: number;
  /** Absent in files made by people. */
  readonly probability?: number | undefined;
  readonly isNegated: boolean;
  readonly isSpeculated: boolean;
  /** Absent where the file does not say. */
  readonly annotator?: Annotator | undefined;
}

/** Relations by the mentions that they join; those whose mentions are not on the list are left out. */
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
