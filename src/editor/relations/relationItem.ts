import type { DocumentVersion } from '../annotations/editLog';
import { relationKey, type LocatedRelation } from '../../runtime/folder/locatedRelation';

/** One relation on the list, with its document. */
export interface RelationItem {
  readonly id: number;
  /** `uri.toString()` */
  readonly document: string;
  /** The document version that the offsets refer to. */
  readonly version: DocumentVersion;
  readonly located: LocatedRelation;
  /** True for a relation that a person added and no model found. */
  readonly isByHand: boolean;
}

/** An item that has no id yet. */
export type NewRelationItem = Omit<RelationItem, 'id'>;

export interface DocumentRelations {
  readonly document: string;
  readonly version: DocumentVersion;
  readonly relations: readonly LocatedRelation[];
}

/** Identifies a relation within its document; see {@link relationKey}. */
export function keyInDocument({ located: { relation, evidence } }: NewRelationItem): string {
  return relationKey(relation, evidence.text);
}
