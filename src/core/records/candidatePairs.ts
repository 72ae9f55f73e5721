import { groupBy } from '../groupBy';
import type { ComparableRecord } from './comparableRecord';

/** Words of a title that a record is looked up by: its rarest ones. */
const rareWords = 4;
/** In a larger group of records with one key, each is compared with as many that follow it in the order of titles. */
const maxNeighbours = 12;

/** Two records that may be one publication, as positions in the list; the first is smaller. */
export type CandidatePair = readonly [number, number];

/**
 * Pairs of records that share a key, which grow in number as the records do and not as their square. Keys are the
 * identifiers, the title, pairs of the rarest words of the title, and places in journals, which find titles in two
 * languages. In groups that are too large only neighbours in the order of titles are compared (sorted neighbourhood,
 * Hernández and Stolfo 1995).
 *
 * @param records In an order that does not depend on the order of the import, so that neither do the pairs.
 */
export function candidatePairs(records: readonly ComparableRecord[]): CandidatePair[] {
  const rarity = wordCounts(records);
  const entries = records.flatMap((record, at) => Array.from(keysOf(record, rarity), (key) => ({ key, at })));
  const found = new Set<number>();
  const pairs: CandidatePair[] = [];
  for (const group of groupBy(entries, ({ key }) => key).values()) {
    if (group.length < 2) continue;
    for (const [a, b] of neighbours(
      group.map(({ at }) => at),
      records,
    )) {
      const code = Math.min(a, b) * records.length + Math.max(a, b);
      if (found.has(code)) continue;
      found.add(code);
      pairs.push(a < b ? [a, b] : [b, a]);
    }
  }
  return pairs;
}

function wordCounts(records: readonly ComparableRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { title } of records)
    for (const word of new Set(title?.words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function keysOf(record: ComparableRecord, counts: ReadonlyMap<string, number>): Set<string> {
  const { doi, pmid, title, pages, volume, year, firstAuthor } = record;
  const keys = new Set<string>();
  if (doi !== undefined) keys.add(`doi ${doi}`);
  if (pmid !== undefined) keys.add(`pmid ${pmid}`);
  if (title) {
    keys.add(`title ${title.letters}`);
    keys.add(`begins ${title.letters.slice(0, 24)}`);
    for (const key of rarePairs(title.words, counts)) keys.add(key);
  }
  if (pages && volume !== undefined) keys.add(`place ${volume} ${pages.first} ${pages.last ?? ''}`);
  if (pages && firstAuthor !== undefined) keys.add(`page ${firstAuthor} ${pages.first}`);
  if (firstAuthor !== undefined && volume !== undefined && year !== undefined)
    keys.add(`author ${firstAuthor} ${String(year)} ${volume}`);
  return keys;
}

/** Pairs of the rarest words. A word with a typing error is one of them, and leaves the pairs of the others. */
function rarePairs(words: readonly string[], counts: ReadonlyMap<string, number>): string[] {
  const count = (word: string): number => counts.get(word) ?? 0;
  const rare = [...new Set(words)]
    .filter((word) => word.length > 2)
    .toSorted((a, b) => count(a) - count(b) || (a < b ? -1 : 1))
    .slice(0, rareWords)
    .toSorted();
  return rare.flatMap((first, index) => rare.slice(index + 1).map((second) => `words ${first} ${second}`));
}

function* neighbours(
  group: readonly number[],
  records: readonly ComparableRecord[],
): Generator<CandidatePair> {
  const isSmall = group.length <= maxNeighbours + 1;
  const letters = (at: number): string => records[at]?.title?.letters ?? '';
  const sorted = isSmall
    ? group
    : group.toSorted((a, b) => (letters(a) < letters(b) ? -1 : letters(a) > letters(b) ? 1 : a - b));
  for (const [index, a] of sorted.entries())
    for (const b of sorted.slice(index + 1, index + 1 + maxNeighbours)) yield [a, b];
}
