import { candidatePairs } from './candidatePairs';
import { type ComparableRecord, comparableRecord } from './comparableRecord';
import { DuplicateClusters } from './duplicateClusters';
import type { IdentifiedRecord } from './identifiedRecord';
import { judgePair, type PairVerdict } from './pairScore';

/** A record that is the same publication as another one. */
export interface MergedRecord {
  /** Id of the record that stands for both. It is never a duplicate itself. */
  readonly kept: string;
  readonly duplicate: string;
  readonly reason: PairVerdict['reason'];
  /** Estimated probability that they are one publication, in [0, 1]. Undefined for equal identifiers. */
  readonly probability?: number | undefined;
}

/** Two records that a person has to compare. */
export interface DoubtfulPair {
  /** Id of the record that would stand for both. */
  readonly kept: string;
  readonly duplicate: string;
  readonly probability: number;
}

export interface Duplicates {
  readonly merged: readonly MergedRecord[];
  readonly doubtful: readonly DoubtfulPair[];
}

export interface DuplicateOptions {
  /**
   * Ids of records that were compared with each other before: they are neither compared nor merged again, and one of
   * them is kept where a new record joins it. Default: none.
   */
  readonly known?: ReadonlySet<string>;
  /**
   * The earlier merges: duplicate → kept. New records are compared with the duplicates too, which may state an
   * identifier that the kept record lacks. Default: nothing.
   */
  readonly mergedBefore?: ReadonlyMap<string, string>;
  /** Whether a person said that two records are two publications. Default: never. */
  readonly separate?: (a: string, b: string) => boolean;
}

interface JudgedPair extends PairVerdict {
  readonly a: number;
  readonly b: number;
}

/**
 * Finds the records that are the same publication. Equal DOIs and PMIDs decide if the titles allow it, else the fields
 * do: see {@link judgePair}. Records with different DOIs or PMIDs are never merged. The clusters do not depend on the
 * order of the records.
 *
 * @returns `merged` in the order of the duplicates, `doubtful` by falling probability; nothing that `mergedBefore` says.
 */
export function findDuplicates(
  records: readonly IdentifiedRecord[],
  { known = new Set(), mergedBefore = new Map(), separate = () => false }: DuplicateOptions = {},
): Duplicates {
  const sorted = records.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const comparable = sorted.map(comparableRecord);
  const judged = judgedPairs(comparable, known);
  const clusters = new DuplicateClusters(comparable, { known, separate });
  const placeOf = new Map(comparable.map(({ id }, at) => [id, at]));
  for (const [duplicate, kept] of mergedBefore) {
    const [a, b] = [placeOf.get(duplicate), placeOf.get(kept)];
    if (a !== undefined && b !== undefined) clusters.joinAlways(a, b);
  }
  for (const { a, b, verdict } of judged) if (verdict === 'same') clusters.join(a, b);
  const order = new Map(records.map(({ id }, index) => [id, index]));
  const rank = (record: IdentifiedRecord): readonly number[] => [
    mergedBefore.has(record.id) ? 1 : 0,
    known.has(record.id) ? 0 : 1,
    -completeness(record),
    order.get(record.id) ?? 0,
  ];
  const keptOf = keptRecords(sorted, clusters, rank);
  return {
    merged: mergedRecords(records, { judged, sorted, keptOf, mergedBefore, placeOf }),
    doubtful: doubtfulPairs(judged, clusters, { keptOf, rank }),
  };
}

/** Equal identifiers first, then by falling probability. */
function judgedPairs(records: readonly ComparableRecord[], known: ReadonlySet<string>): JudgedPair[] {
  const judged: JudgedPair[] = [];
  for (const [a, b] of candidatePairs(records)) {
    const [first, second] = [records[a], records[b]];
    if (!first || !second || (known.has(first.id) && known.has(second.id))) continue;
    const verdict = judgePair(first, second);
    if (verdict.verdict !== 'different') judged.push({ ...verdict, a, b });
  }
  const byMatch = ({ reason }: JudgedPair): number => (reason === 'match' ? 1 : 0);
  return judged.sort(
    (one, other) =>
      byMatch(one) - byMatch(other) ||
      other.probability - one.probability ||
      one.a - other.a ||
      one.b - other.b,
  );
}

/** How much a record states; an abstract and identifiers count more than the rest. */
function completeness(record: IdentifiedRecord): number {
  const { abstract, doi, pmid, pmcid, title, year, journal, volume, issue, pages } = record;
  const few = [title, year, journal, volume, issue, pages, pmcid].filter(
    (value) => value !== undefined,
  ).length;
  const lists = [record.authors, record.keywords, record.types].filter(({ length }) => length > 0).length;
  return (
    few +
    lists +
    (abstract === undefined ? 0 : 6) +
    (doi === undefined ? 0 : 3) +
    (pmid === undefined ? 0 : 3)
  );
}

type Rank = (record: IdentifiedRecord) => readonly number[];

/** The record that is kept for the record at each position. */
function keptRecords(
  sorted: readonly IdentifiedRecord[],
  clusters: DuplicateClusters,
  rank: Rank,
): readonly IdentifiedRecord[] {
  const kept = new Map<readonly number[], IdentifiedRecord>();
  return sorted.map((record, at) => {
    const members = clusters.membersOf(at);
    const found =
      kept.get(members) ??
      best(
        members.flatMap((member) => sorted[member] ?? []),
        rank,
      ) ??
      record;
    kept.set(members, found);
    return found;
  });
}

function best(records: readonly IdentifiedRecord[], rank: Rank): IdentifiedRecord | undefined {
  return records.reduce<IdentifiedRecord | undefined>(
    (first, record) => (first === undefined || isBefore(rank(record), rank(first)) ? record : first),
    undefined,
  );
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

interface MergeParts {
  readonly judged: readonly JudgedPair[];
  readonly sorted: readonly IdentifiedRecord[];
  readonly keptOf: readonly IdentifiedRecord[];
  readonly mergedBefore: ReadonlyMap<string, string>;
  readonly placeOf: ReadonlyMap<string, number>;
}

function mergedRecords(
  records: readonly IdentifiedRecord[],
  { judged, keptOf, mergedBefore, placeOf }: MergeParts,
): MergedRecord[] {
  const evidence = new Map<number, JudgedPair>();
  // The first pair of a record that was merged is the best reason for it.
  for (const pair of judged)
    if (pair.verdict === 'same' && keptOf[pair.a] === keptOf[pair.b])
      for (const at of [pair.a, pair.b]) if (!evidence.has(at)) evidence.set(at, pair);
  return records.flatMap(({ id }): MergedRecord[] => {
    const at = placeOf.get(id) ?? -1;
    const kept = keptOf[at]?.id ?? id;
    if (kept === id || mergedBefore.has(id)) return [];
    const { reason = 'match', probability } = evidence.get(at) ?? {};
    return [{ kept, duplicate: id, reason, ...(reason === 'match' ? { probability } : {}) }];
  });
}

function doubtfulPairs(
  judged: readonly JudgedPair[],
  clusters: DuplicateClusters,
  { keptOf, rank }: { readonly keptOf: readonly IdentifiedRecord[]; readonly rank: Rank },
): DoubtfulPair[] {
  const shown = new Set<string>();
  return judged
    .toSorted((one, other) => other.probability - one.probability || one.a - other.a || one.b - other.b)
    .flatMap(({ a, b, verdict, probability }): DoubtfulPair[] => {
      const [first, second] = [keptOf[a], keptOf[b]];
      // A new record may show that two which were compared before are one; a person decides.
      const isSettled = verdict === 'same' ? clusters.isSeparated(a, b) : clusters.isSettled(a, b);
      if (!first || !second || first === second || isSettled) return [];
      const [kept, other] = isBefore(rank(second), rank(first)) ? [second, first] : [first, second];
      const key = JSON.stringify([kept.id, other.id]);
      if (shown.has(key)) return [];
      shown.add(key);
      return [{ kept: kept.id, duplicate: other.id, probability }];
    });
}
