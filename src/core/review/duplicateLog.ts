/** The duplicates of a review: `duplicates.jsonl`. */
import { groupBy } from '../groupBy';
import { oneOf, readLines, type ReadLines } from './jsonLines';
import type { DuplicateLine, DuplicateReason } from './reviewData';

const reasons = [
  'doi',
  'pmid',
  'match',
  'person',
  'separate',
  'doubtful',
] as const satisfies readonly DuplicateReason[];

export function readDuplicates(text: string): ReadLines<DuplicateLine> {
  return readLines(text, ({ kept, duplicate, reason, probability, who, when }) => {
    const readReason = oneOf(reason, reasons);
    const isWhole = typeof kept === 'string' && typeof duplicate === 'string' && typeof when === 'string';
    if (!isWhole || readReason === undefined || kept === duplicate) return undefined;
    return {
      kept,
      duplicate,
      reason: readReason,
      ...(typeof probability === 'number' && probability >= 0 && probability <= 1 && { probability }),
      ...(typeof who === 'string' && { who }),
      when,
    };
  });
}

/** Which records of a review are duplicates of which. The last line about two records counts. */
export class DuplicateLog {
  private readonly pairs = new Map<string, DuplicateLine>();
  private resolved: ReadonlyMap<string, string> | undefined;
  private groups: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(lines: Iterable<DuplicateLine> = []) {
    for (const line of lines) this.add(line);
  }

  add(line: DuplicateLine): void {
    const key = pairKey(line.kept, line.duplicate);
    // A later line moves to the end, so that the lines stay in the order in which they were decided.
    this.pairs.delete(key);
    this.pairs.set(key, line);
    this.resolved = undefined;
    this.groups = undefined;
  }

  /** A record, followed by the duplicates in whose place it is kept. */
  membersOf(record: string): readonly string[] {
    const { keptOf } = this;
    this.groups ??= groupBy(keptOf.keys(), (id) => keptOf.get(id) ?? id);
    return [record, ...(this.groups.get(record) ?? [])];
  }

  /** By duplicate, the record that is kept in its place and is no duplicate itself. */
  get keptOf(): ReadonlyMap<string, string> {
    return (this.resolved ??= resolve(this.merged));
  }

  isDuplicate(record: string): boolean {
    return this.keptOf.has(record);
  }

  /** The pairs that are one publication, in the order in which they were found. */
  get merged(): readonly DuplicateLine[] {
    return this.all.filter(({ reason }) => reason !== 'separate' && reason !== 'doubtful');
  }

  /** The pairs that a person has to decide on. Other pairs may have made one publication of both since. */
  get doubtful(): readonly DuplicateLine[] {
    const { keptOf } = this;
    const endOf = (record: string): string => keptOf.get(record) ?? record;
    return this.all.filter(
      ({ reason, kept, duplicate }) => reason === 'doubtful' && endOf(kept) !== endOf(duplicate),
    );
  }

  /** The pairs that a person called two publications. */
  get separated(): readonly DuplicateLine[] {
    return this.all.filter(({ reason }) => reason === 'separate');
  }

  /** Whether a person said that two records are two publications. */
  isSeparate(a: string, b: string): boolean {
    return this.pairs.get(pairKey(a, b))?.reason === 'separate';
  }

  private get all(): readonly DuplicateLine[] {
    return [...this.pairs.values()];
  }
}

function pairKey(a: string, b: string): string {
  return JSON.stringify(a < b ? [a, b] : [b, a]);
}

/** Follows chains of pairs to their ends. In a circle, which merging two versions of the file can make, one stays. */
function resolve(merged: readonly DuplicateLine[]): ReadonlyMap<string, string> {
  const next = new Map<string, string>();
  const endOf = (record: string): string => {
    let end = record;
    for (let kept = next.get(end); kept !== undefined; kept = next.get(end)) end = kept;
    return end;
  };
  for (const { kept, duplicate } of merged) {
    const from = endOf(duplicate);
    const to = endOf(kept);
    if (from !== to) next.set(from, to);
  }
  return new Map(Array.from(next.keys(), (record) => [record, endOf(record)]));
}
