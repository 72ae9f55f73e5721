/** Selects the relations that the list shows. Without side effects. */
import type { RelationRow } from '../../src/protocol/panel';
import { statementOf, type ListOptions } from './listOptions';
import { nameGroups } from './nameGroups';
import { TextSearch } from './textSearch';

/** @param search The search for `options.text`. Default: one that knows the names in the rows only. */
export function filterRows(
  rows: readonly RelationRow[],
  options: ListOptions,
  search = new TextSearch(options.text, { names: nameGroups(rows), concepts: new Set() }),
): readonly RelationRow[] {
  return rows.filter((row) => passes(row, options) && search.rankOf(row) !== undefined);
}

/** Whether a relation passes all filters, whatever the search text. */
function passes(row: RelationRow, options: ListOptions): boolean {
  const { type, entity, entityType, statement, paper } = options;
  const partners = [row.subject, row.object];
  return (
    row.probability >= options.minProbability &&
    (options.withTentative || row.isTentative !== true) &&
    (type === '' || row.type === type) &&
    (entity === undefined || partners.some(({ key }) => key === entity)) &&
    (entityType === '' || partners.some((partner) => partner.type === entityType)) &&
    (statement === '' || statementOf(row) === statement) &&
    (paper === undefined || row.document === paper) &&
    (!options.withoutDrafts || row.isDraft !== true) &&
    isInYears(row, options)
  );
}

/** The two years may be in any order, because the reader types one after the other. */
function isInYears({ year }: RelationRow, { yearFrom, yearTo }: ListOptions): boolean {
  if (yearFrom === undefined && yearTo === undefined) return true;
  const first = Math.min(yearFrom ?? -Infinity, yearTo ?? Infinity);
  const last = Math.max(yearFrom ?? -Infinity, yearTo ?? Infinity);
  return year !== undefined && year >= first && year <= last;
}
