/** Messages between a screening client and its worker. Records are named by their position in the list that was loaded. */
import type { Estimate, ProgressEstimate } from '../../core/screening/progress';
import type { RankedText } from '../../core/screening/ranker';
import {
  type Guard,
  isArrayOf,
  isBoolean,
  isCount,
  isNumber,
  isOptional,
  isShape,
  isString,
  isUndefined,
} from '../../protocol/guards';
import { plainMethod } from '../../protocol/rpc';

export interface LoadRecords {
  readonly records: readonly RankedText[];
  /** The question of the review with its criteria. Empty: none. */
  readonly question: string;
}

/** A decision of a person, in the order in which they were made. */
export interface PlacedDecision {
  readonly row: number;
  readonly relevant: boolean;
}

export interface PlacedRanking {
  /** Positions of the undecided records, the most relevant one first. */
  readonly order: Uint32Array;
  /** A score for each of `order`. */
  readonly scores: Float64Array;
  readonly progress: ProgressEstimate;
}

export const loadMethod = plainMethod(
  'load',
  isShape<LoadRecords>({
    records: isArrayOf(isShape<RankedText>({ id: isString, title: isString, abstract: isString })),
    question: isString,
  }),
  isUndefined,
);

const isEstimate = isShape<Estimate>({ estimate: isNumber, low: isNumber, high: isNumber });

export const rankMethod = plainMethod(
  'rank',
  isArrayOf(isShape<PlacedDecision>({ row: isCount, relevant: isBoolean })),
  isShape<PlacedRanking>({
    order: isInstanceOf(Uint32Array),
    scores: isInstanceOf(Float64Array),
    progress: isShape<ProgressEstimate>({
      total: isCount,
      decided: isCount,
      found: isCount,
      left: isEstimate,
      recall: isOptional(isEstimate),
      confidence: isNumber,
    }),
  }),
);

function isInstanceOf<T>(type: new () => T): Guard<T> {
  return (value): value is T => value instanceof type;
}
