import type { Calibration, EntityType } from '../../src/core/types';
import type { Judged } from './score';

/** Predictions whose probability lies in `[from, to)`; the last bin holds 1 as well. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean probability. */
  readonly confidence: number;
  /** Share that is right. */
  readonly accuracy: number;
}

export interface Reliability {
  readonly type: EntityType;
  /** Mean difference between confidence and accuracy over the bins, weighted by count, in [0, 1]. */
  readonly expectedCalibrationError: number;
  readonly bins: readonly ReliabilityBin[];
  /** Raw probability, and 1 where the prediction is right: what Platt scaling is fitted on. */
  readonly pairs: readonly (readonly [raw: number, right: 0 | 1])[];
}

const binCount = 10;

/** Expected calibration error with ten bins of equal width (Guo et al. 2017, "On calibration of modern neural networks"). */
export function reliabilityOf(
  type: EntityType,
  judged: readonly Judged[],
  calibration: Calibration | undefined,
): Reliability {
  const own = judged.filter((each) => each.type === type);
  const bins = Array.from({ length: binCount }, (_, index) => {
    const members = own.filter(({ probability }) => binOf(probability) === index);
    const mean = (value: (each: Judged) => number) =>
      members.length === 0 ? 0 : members.reduce((sum, each) => sum + value(each), 0) / members.length;
    return {
      from: index / binCount,
      to: (index + 1) / binCount,
      count: members.length,
      confidence: mean((each) => each.probability),
      accuracy: mean((each) => (each.isRight ? 1 : 0)),
    };
  });
  const gaps = bins.map((bin) => bin.count * Math.abs(bin.confidence - bin.accuracy));
  const expectedCalibrationError =
    own.length === 0 ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / own.length;
  const pairs = own.map(
    ({ probability, isRight }) => [rawOf(probability, calibration), isRight ? 1 : 0] as const,
  );
  return { type, expectedCalibrationError, bins, pairs };
}

function binOf(probability: number): number {
  return Math.min(binCount - 1, Math.floor(probability * binCount));
}

/** Undoes the calibration of `core/entities/calibration.ts`. */
function rawOf(probability: number, calibration: Calibration | undefined): number {
  if (calibration === undefined || calibration.scale === 0) return probability;
  const logit = (Math.log(probability) - Math.log1p(-probability) - calibration.offset) / calibration.scale;
  return 1 / (1 + Math.exp(-logit));
}
