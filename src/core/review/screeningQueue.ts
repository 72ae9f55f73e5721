/** In which order a reviewer sees the records that wait for a decision. */
import { hash } from '../hash';
import { recordsInPhase, type ReviewState } from './reviewState';
import type { Phase, ReviewRecord } from './reviewData';

/** `relevance`: as the ranking says; `random`: the same for each reviewer; `imported`: as in the files. */
export const queueOrders = ['relevance', 'random', 'imported'] as const;
export type QueueOrder = (typeof queueOrders)[number];

export interface QueueOptions {
  readonly phase: Phase;
  /** The reviewer. */
  readonly who: string;
  readonly order: QueueOrder;
  /** Ids of records, most relevant first. Others follow as imported. Default: no ranking. */
  readonly ranking?: readonly string[] | undefined;
  /** Ids of records that the reviewer skipped, in this order. Records that the log calls skipped come before them. */
  readonly skipped: Iterable<string>;
  /** Records whose decision is being written. They are left out. */
  readonly isPending: (record: string) => boolean;
}

/** The records that wait for a decision of a reviewer, next first. Skipped records are at the end. */
export function screeningQueue(review: ReviewState, options: QueueOptions): readonly ReviewRecord[] {
  const { phase, who, isPending } = options;
  const { screening } = review;
  const waiting = recordsInPhase(review, phase).filter(
    ({ id }) => !isPending(id) && !screening.decisionOf(id, phase, who),
  );
  const skips = new Map(Array.from(options.skipped, (id, index) => [id, index + 1]));
  const skipPlace = ({ id }: ReviewRecord): number | undefined =>
    skips.get(id) ?? (screening.isSkipped(id, phase, who) ? 0 : undefined);
  const rest = waiting.filter((record) => skipPlace(record) === undefined);
  const skipped = waiting.filter((record) => skipPlace(record) !== undefined);
  return [...ordered(rest, options), ...sortedBy(skipped, (record) => skipPlace(record) ?? 0)];
}

function ordered(records: readonly ReviewRecord[], { order, ranking = [] }: QueueOptions) {
  if (order === 'imported') return records;
  if (order === 'random') return sortedBy(records, ({ id }) => hashOf(id));
  const places = new Map(ranking.map((id, index) => [id, index]));
  return sortedBy(records, ({ id }) => places.get(id) ?? ranking.length);
}

/** Equal places keep their order. */
function sortedBy(records: readonly ReviewRecord[], placeOf: (record: ReviewRecord) => number) {
  return records
    .map((record) => ({ record, place: placeOf(record) }))
    .sort((a, b) => a.place - b.place)
    .map(({ record }) => record);
}

/**
 * A random number that depends on the text alone, in [0, 2^32): FNV-1a with the final mix of MurmurHash3. A record
 * keeps its place among the others when further records are imported.
 */
function hashOf(text: string): number {
  let mixed = hash(text);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
