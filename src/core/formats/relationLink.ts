import type { Entity, Relation, RelationType } from '../types';
import { placeKey } from '../text/mentions';

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
