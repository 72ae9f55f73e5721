import { nameKey } from '../../core/text/mentions';
import type { NamedEntity, RelationRow } from '../../protocol/panel';

/** A row with the facts that decide how its names are grouped. */
export interface ListedRow {
  /** `uri.toString()` */
  readonly document: string;
  readonly isByHand: boolean;
  readonly row: RelationRow;
}

/**
 * Returns the rows. Names in relations that a person added are not linked; they get the concept that the same name has
 * in other relations of the document, so that the relations are grouped with them.
 */
export function groupAddedRows(listed: readonly ListedRow[]): readonly RelationRow[] {
  const withAdded = new Set(listed.flatMap(({ isByHand, document }) => (isByHand ? [document] : [])));
  if (withAdded.size === 0) return listed.map(({ row }) => row);
  const linked = new Map<string, NamedEntity>();
  for (const { document, row } of listed) {
    if (!withAdded.has(document)) continue;
    for (const entity of [row.subject, row.object])
      if (entity.concept) linked.set(nameIn(document, entity), entity);
  }
  return listed.map(({ document, isByHand, row }) => {
    if (!isByHand) return row;
    const grouped = (entity: NamedEntity): NamedEntity => {
      const { key, concept } = (entity.concept ? undefined : linked.get(nameIn(document, entity))) ?? entity;
      return { ...entity, key, ...(concept && { concept }) };
    };
    return { ...row, subject: grouped(row.subject), object: grouped(row.object) };
  });
}

function nameIn(document: string, { name, type }: NamedEntity): string {
  return `${document}\n${type}\n${nameKey(name)}`;
}
