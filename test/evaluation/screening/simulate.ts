/** Simulates a person who screens the records in the order of the ranker. */
import { estimateProgress } from '../../../src/core/screening/progress';
import { createRanker, type RankerOptions } from '../../../src/core/screening/ranker';
import type { FoundRelevant } from './figures';
import type { LabelledRecord } from './sets';

/**
 * Screens until all relevant records are found, and retrains after each record, as ASReview does.
 * @param priors Indices of the records that were given.
 */
export function simulateScreening(
  records: readonly LabelledRecord[],
  priors: readonly number[],
  options: RankerOptions = {},
): FoundRelevant {
  const ranker = createRanker(records, options);
  const labels = new Map(records.map(({ id, isRelevant }) => [id, isRelevant]));
  const decisions = priors.flatMap((prior) => {
    const record = records[prior];
    return record ? [{ id: record.id, relevant: record.isRelevant }] : [];
  });
  const relevant = records.filter(({ isRelevant }) => isRelevant).length;
  const given = decisions.filter((decision) => decision.relevant).length;
  const found: number[] = [];
  while (found.length < relevant - given) {
    const [id] = ranker.rank(decisions).order;
    if (id === undefined) break;
    const isRelevant = labels.get(id) === true;
    decisions.push({ id, relevant: isRelevant });
    if (isRelevant) found.push(decisions.length - priors.length);
  }
  return { records: records.length - priors.length, found };
}

/** How good the estimate of progress was at several moments of one run. */
export interface ProgressCheck {
  /** Share of the records that were decided. */
  readonly share: number;
  /** Whether the number of relevant records left was in the interval. */
  readonly isCovered: boolean;
  /** Estimated less true number of relevant records left, over the number of all relevant records. */
  readonly error: number;
  /** Length of the interval over the number of all relevant records. */
  readonly width: number;
}

/** The moment at which the stopping criterion was met. */
export interface StopCheck {
  readonly recall: number;
  /** Share of the records that were not read. */
  readonly saved: number;
}

export const checkedShares: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Compares the estimates after several shares of the records with what was left. */
export function checkProgress({ records, found }: FoundRelevant): readonly ProgressCheck[] {
  const decisions = decisionsOf({ records, found });
  return checkedShares.map((share) => {
    const decided = decisions.slice(0, Math.floor(share * records));
    const { left, found: seen } = estimateProgress(decided, records);
    const trulyLeft = found.length - seen;
    return {
      share,
      isCovered: left.low <= trulyLeft && trulyLeft <= left.high,
      error: (left.estimate - trulyLeft) / found.length,
      width: (left.high - left.low) / found.length,
    };
  });
}

/** Asks after each hundredth of the records whether the confidence in a recall of 95 % is 95 %. */
export function checkStop({ records, found }: FoundRelevant): StopCheck {
  const decisions = decisionsOf({ records, found });
  for (let percent = 1; percent < 100; percent++) {
    const decided = decisions.slice(0, Math.floor((percent / 100) * records));
    const { confidence, found: seen } = estimateProgress(decided, records);
    if (confidence >= 0.95) return { recall: seen / found.length, saved: 1 - decided.length / records };
  }
  return { recall: 1, saved: 0 };
}

function decisionsOf({ records, found }: FoundRelevant): readonly boolean[] {
  const ranks = new Set(found);
  return Array.from({ length: records }, (_, index) => ranks.has(index + 1));
}
