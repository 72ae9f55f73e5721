import type { Relation } from '../../core/types';
import type { EditLog } from '../annotations/editLog';
import type { RelationItem } from './relationItem';

/** The relation with the current offsets of its entities; undefined if one of them was edited. */
export function currentRelation(
  { version, located: { relation } }: RelationItem,
  edits: Pick<EditLog, 'locate'>,
): Relation | undefined {
  const subject = edits.locate(relation.subject, version);
  const object = edits.locate(relation.object, version);
  if (!subject || !object) return undefined;
  return {
    ...relation,
    subject: { ...relation.subject, ...subject },
    object: { ...relation.object, ...object },
  };
}
