import { conceptKey } from '../../core/linking/conceptKey';
import { yearOfName } from '../../core/records/record';
import { conceptOf } from '../../core/relations/conceptKeys';
import { nameKey } from '../../core/text/mentions';
import type { ConceptLink, Entity } from '../../core/types';
import type { NamedConcept, NamedEntity, OtherPlace, RelationRow } from '../../protocol/panel';
import { placeName } from '../documents/placeName';
import type { RelationItem } from './relationItem';

/** Facts about a row that the list of relations does not know. */
export interface RowFacts {
  /** Short name of the document. */
  readonly name: string;
  /** The name under which the publication is shown. Undefined if it has none. */
  readonly publication: string | undefined;
  /** Whether the document is a draft or note of the user. Default: false. */
  readonly isDraft?: boolean | undefined;
  readonly isPinned: boolean;
  /** The same sentence in copies of the paper. Default: none. */
  readonly copies?: readonly OtherPlace[] | undefined;
  readonly curated: RelationRow['curated'];
}

/** Converts an item to the row that the panel shows. */
export function relationRow(
  item: RelationItem,
  { name, publication, isDraft, isPinned, curated, copies = [] }: RowFacts,
): RelationRow {
  const { relation, evidence, line } = item.located;
  const { type, subject, object, concepts, probability, isTentative, negated, speculated } = relation;
  const year = publication === undefined ? undefined : yearOfName(publication);
  return {
    id: item.id,
    ...placeName({ document: item.document, file: name, line, publication }),
    ...(year !== undefined && { year }),
    ...(isDraft && { isDraft }),
    type,
    subject: namedEntity(subject, concepts?.[0]),
    object: namedEntity(object, concepts?.[1]),
    probability,
    // Rows that a person decided on or pinned stay in the list.
    ...(isTentative && curated === undefined && !isPinned && { isTentative }),
    ...(negated && { negated: negated.text }),
    ...(speculated && { speculated: speculated.text }),
    evidence,
    ...(copies.length > 0 && { copies }),
    curated,
    isPinned,
  };
}

/** @param key The key of the entity in `Relation.concepts`. */
function namedEntity(entity: Entity, key: string | undefined): NamedEntity {
  const { name, type } = entity;
  const concept = conceptOf(entity, key);
  return {
    name,
    type,
    key: `${type}\n${concept?.id ?? key ?? conceptKey(entity) ?? nameKey(name)}`,
    ...(concept && { concept: namedConcept(concept) }),
  };
}

/** Nearly all genes of a review are human ones, so that only other species are named. */
function namedConcept({ id, name, species }: ConceptLink): NamedConcept {
  return { id, name, ...(species !== undefined && species !== 'human' && { species }) };
}
