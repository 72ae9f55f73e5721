/** Filters, sorts and groups the relations in the list. Without side effects. */
import type { NamedEntity, RelationRow } from '../../src/protocol/panel';
import { nameGroups, type NameGroups } from './nameGroups';

export const sortOrders = ['probability', 'sentences', 'subject', 'object', 'type', 'place'] as const;
export type SortOrder = (typeof sortOrders)[number];

export interface ListOptions {
  /**
   * Search text. Every word of it must occur in the relation, the sentence, the document name, or what the subject and
   * the object are called; or the text is a name of one of the two.
   */
  readonly text: string;
  /** Relation type; empty for all types. */
  readonly type: string;
  readonly minProbability: number;
  /** Whether the list also has the relations that are less certain. */
  readonly withTentative: boolean;
  readonly sort: SortOrder;
  readonly isGrouped: boolean;
  /** Key of a name that must be subject or object; set by the graph. */
  readonly entity: string | undefined;
}

export const defaultOptions: ListOptions = {
  text: '',
  type: '',
  minProbability: 0,
  withTentative: false,
  sort: 'probability',
  isGrouped: true,
  entity: undefined,
};

/** Number of sentences, and of the documents or publications that they are from. */
export interface SentenceCount {
  readonly sentences: number;
  readonly documents: number;
}

/** Relations of one type between the same two concepts, whatever each document calls them. */
export interface PairGroup {
  readonly key: string;
  /** Rows, most probable first. */
  readonly rows: readonly [RelationRow, ...RelationRow[]];
  readonly supporting: SentenceCount;
  readonly contradicting: SentenceCount;
  readonly probability: number;
}

export type ListItem =
  | { readonly kind: 'pair'; readonly group: PairGroup; readonly isOpen: boolean }
  /** `isInside`: the row is below its pair, which shows the names. */
  | { readonly kind: 'relation'; readonly row: RelationRow; readonly isInside: boolean };

/** The names in the list, and the concepts that the search text may mean. */
export interface FilterNames {
  readonly names: NameGroups;
  readonly concepts: ReadonlySet<string>;
}

export function filterRows(
  rows: readonly RelationRow[],
  options: ListOptions,
  { names, concepts }: FilterNames = { names: nameGroups(rows), concepts: new Set() },
): readonly RelationRow[] {
  const words = options.text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (row: RelationRow): boolean => {
    const groups = [row.subject, row.object].flatMap(({ key }) => names.get(key) ?? []);
    if (groups.some(({ concept }) => concept && concepts.has(concept.id))) return true;
    const texts = [searchTextOf(row), ...groups.map(({ searchText }) => searchText)];
    return words.every((word) => texts.some((text) => text.includes(word)));
  };
  return rows.filter(
    (row) =>
      row.probability >= options.minProbability &&
      (options.withTentative || row.isTentative !== true) &&
      (options.type === '' || row.type === options.type) &&
      (options.entity === undefined ||
        row.subject.key === options.entity ||
        row.object.key === options.entity) &&
      matches(row),
  );
}

const searchTexts = new WeakMap<RelationRow, string>();

function searchTextOf(row: RelationRow): string {
  const cached = searchTexts.get(row);
  if (cached !== undefined) return cached;
  const { type, evidence, name } = row;
  const searchText = [type, evidence.text, name].join('\n').toLowerCase();
  searchTexts.set(row, searchText);
  return searchText;
}

/** All relation types in the rows, most frequent first. */
export function typesOf(rows: readonly RelationRow[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { type } of rows) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([type]) => type);
}

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
      supporting: countOf(members.filter(({ negated }) => negated === undefined)),
      contradicting: countOf(members.filter(({ negated }) => negated !== undefined)),
      probability: members[0].probability,
    };
  });
}

function countOf(rows: readonly RelationRow[]): SentenceCount {
  return { sentences: rows.length, documents: new Set(rows.map(({ document }) => document)).size };
}

/** The items of the list in display order; a pair comes before its relations. */
export function listItems(
  rows: readonly RelationRow[],
  options: ListOptions,
  open: ReadonlySet<string>,
  names: NameGroups = nameGroups(rows),
): readonly ListItem[] {
  if (!options.isGrouped) {
    const order = rowOrder(options.sort, ({ name }) => name);
    return [...rows].sort(order).map((row) => ({ kind: 'relation', row, isInside: false }));
  }
  const groups = [...groupRows(rows)].sort(groupOrder(options.sort, names));
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
  return (a, b) => order(a.rows[0], b.rows[0]);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compare(a: string, b: string): number {
  return collator.compare(a, b);
}
