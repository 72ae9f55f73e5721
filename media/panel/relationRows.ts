/** Groups and sorts the relations in the list. Without side effects. */
import { wholePercent } from '../../src/core/wholePercent';
import type { NamedEntity, RelationRow } from '../../src/protocol/panel';
import { statementOf, statements, type ListOptions, type SortOrder, type Statement } from './listOptions';
import { nameGroups, type NameGroups } from './nameGroups';
import { isByName, TextSearch } from './textSearch';

/** Number of sentences for each kind of statement. */
export type StatementCounts = Readonly<Record<Statement, number>>;

/** Relations of one type between the same two concepts, whatever each document calls them. */
export interface PairGroup {
  readonly key: string;
  /** Rows, most probable first. */
  readonly rows: readonly [RelationRow, ...RelationRow[]];
  /** Number of sentences by what they say. */
  readonly sentences: StatementCounts;
  /** Number of publications or documents that the sentences are from. */
  readonly papers: number;
  readonly probability: number;
}

/** The texts in which the relations below a heading were found. */
export type FoundIn = 'names' | 'elsewhere';

export type ListItem =
  | { readonly kind: 'heading'; readonly foundIn: FoundIn; readonly count: number }
  | { readonly kind: 'pair'; readonly group: PairGroup; readonly isOpen: boolean }
  /** `isInside`: the row is below its pair, which shows the names. */
  | { readonly kind: 'relation'; readonly row: RelationRow; readonly isInside: boolean };

export function groupRows(rows: readonly RelationRow[]): readonly PairGroup[] {
  const byPair = new Map<string, [RelationRow, ...RelationRow[]]>();
  for (const row of rows) {
    const key = JSON.stringify([row.subject.key, row.type, row.object.key]);
    const group = byPair.get(key);
    if (group) group.push(row);
    else byPair.set(key, [row]);
  }
  return [...byPair].map(([key, members]) => {
    members.sort(byProbability);
    return {
      key,
      rows: members,
      sentences: countStatements(members),
      papers: new Set(members.map(({ document }) => document)).size,
      probability: members[0].probability,
    };
  });
}

export function countStatements(rows: readonly RelationRow[]): StatementCounts {
  const counts = { inFavour: 0, against: 0, speculative: 0 };
  for (const row of rows) counts[statementOf(row)]++;
  return counts;
}

/** The kinds of statement in a pair, with the number of their sentences. */
export function statementCounts(sentences: StatementCounts): readonly (readonly [Statement, number])[] {
  return statements.map((each) => [each, sentences[each]] as const).filter(([, count]) => count > 0);
}

/**
 * The items of the list in display order; a pair comes before its relations. While the reader searches for a text, the
 * relations that were found by their names come first, and headings say what was found where.
 *
 * @param search Has found the rows. Default: none.
 */
export function listItems(
  rows: readonly RelationRow[],
  options: ListOptions,
  open: ReadonlySet<string>,
  names: NameGroups = nameGroups(rows),
  search = new TextSearch('', { names, concepts: new Set() }),
): readonly ListItem[] {
  const rankOf = (row: RelationRow): number => search.rankOf(row) ?? 0;
  const byRank: Order<RelationRow> = (a, b) => rankOf(a) - rankOf(b);
  const itemsOf = (some: readonly RelationRow[]): readonly ListItem[] =>
    options.isGrouped ? pairItems(some, options, { open, names, byRank }) : rowItems(some, options, byRank);
  if (search.isEmpty) return itemsOf(rows);
  const foundIn = { names: [] as RelationRow[], elsewhere: [] as RelationRow[] };
  for (const row of rows) foundIn[isByName(search.rankOf(row) ?? 0) ? 'names' : 'elsewhere'].push(row);
  return (['names', 'elsewhere'] as const).flatMap((each): readonly ListItem[] => {
    const count = foundIn[each].length;
    return count === 0 ? [] : [{ kind: 'heading', foundIn: each, count }, ...itemsOf(foundIn[each])];
  });
}

function rowItems(
  rows: readonly RelationRow[],
  { sort }: ListOptions,
  byRank: Order<RelationRow>,
): readonly ListItem[] {
  const order = rowOrder(sort, ({ name }) => name);
  return [...rows]
    .sort((a, b) => byRank(a, b) || order(a, b))
    .map((row) => ({ kind: 'relation', row, isInside: false }));
}

interface PairDisplay {
  /** Keys of the pairs that are open. */
  readonly open: ReadonlySet<string>;
  readonly names: NameGroups;
  /** Equal for all rows of a pair, since they share their names. */
  readonly byRank: Order<RelationRow>;
}

function pairItems(
  rows: readonly RelationRow[],
  { sort }: ListOptions,
  { open, names, byRank }: PairDisplay,
): readonly ListItem[] {
  const order = groupOrder(sort, names);
  const groups = [...groupRows(rows)].sort((a, b) => byRank(a.rows[0], b.rows[0]) || order(a, b));
  return groups.flatMap((group): ListItem[] => {
    // A pair with a single sentence needs no heading.
    if (group.rows.length === 1) return [{ kind: 'relation', row: group.rows[0], isInside: false }];
    const isOpen = open.has(group.key);
    const inside = isOpen
      ? group.rows.map((row) => ({ kind: 'relation', row, isInside: true }) as const)
      : [];
    return [{ kind: 'pair', group, isOpen }, ...inside];
  });
}

type Order<T> = (a: T, b: T) => number;

const byProbability: Order<RelationRow> = (a, b) => b.probability - a.probability || byPlace(a, b);
const byPlace: Order<RelationRow> = (a, b) => compare(a.name, b.name) || a.line - b.line || a.id - b.id;

/** @param labelOf The name that is displayed for an entity. */
function rowOrder(sort: SortOrder, labelOf: (entity: NamedEntity) => string): Order<RelationRow> {
  switch (sort) {
    case 'subject':
      return (a, b) => compare(labelOf(a.subject), labelOf(b.subject)) || byProbability(a, b);
    case 'object':
      return (a, b) => compare(labelOf(a.object), labelOf(b.object)) || byProbability(a, b);
    case 'type':
      return (a, b) => compare(a.type, b.type) || byProbability(a, b);
    case 'place':
      return byPlace;
    case 'sentences':
    case 'probability':
      return byProbability;
  }
}

function groupOrder(sort: SortOrder, names: NameGroups): Order<PairGroup> {
  if (sort === 'sentences')
    return (a, b) => b.rows.length - a.rows.length || byProbability(a.rows[0], b.rows[0]);
  const order = rowOrder(sort, ({ key, name }) => names.get(key)?.label ?? name);
  const byPapers: Order<PairGroup> = (a, b) =>
    wholePercent(b.probability) - wholePercent(a.probability) || b.papers - a.papers;
  // Several relations are shown with one probability: the one that more papers state comes first.
  return (a, b) => (sort === 'probability' ? byPapers(a, b) : 0) || order(a.rows[0], b.rows[0]);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compare(a: string, b: string): number {
  return collator.compare(a, b);
}
