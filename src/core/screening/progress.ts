/** Estimates of how many relevant records are left, and of the recall. */
import { hypergeometricAtMost, logFactorials, poissonQuantile } from './distributions';

/** A number with its nominal 95 % interval. BENCHMARKS.md tells how often the number was in it. */
export interface Estimate {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export interface ProgressEstimate {
  /** Number of records. */
  readonly total: number;
  readonly decided: number;
  /** Number of relevant records among the decided ones. */
  readonly found: number;
  /** Number of relevant records among the undecided ones; whole numbers except `estimate`. */
  readonly left: Estimate;
  /** Share of all relevant records that was found, in [0, 1]. Undefined before the first relevant record. */
  readonly recall: Estimate | undefined;
  /** Confidence in [0, 1] that `recall` is at least the target. */
  readonly confidence: number;
}

export interface ProgressOptions {
  /** The recall that is enough, in (0, 1]. Default: {@link enoughRecall}. */
  readonly targetRecall?: number | undefined;
}

/** The share of the relevant records that is enough. */
export const enoughRecall = 0.95;

/** Probability that the true number is above, and that it is below, the interval of an estimate. */
const tail = 0.025;

/** Only these many relevant records, the last ones, are taken as the beginning of a sample: earlier ones rarely help. */
const sampleStarts = 50;

/** A drop of the log-likelihood by this much from its maximum bounds the 95 % interval of one parameter. */
const likelihoodDrop = 1.92;

/**
 * Estimates how many relevant records are left, from the decisions alone.
 *
 * The upper bound and the confidence test whether a large number of records could be left: the records that were decided
 * since a relevant one was found are taken as a random sample of those undecided before. They were chosen because they
 * looked relevant, so that the true probability is smaller (Callaghan and Müller-Hansen 2020, "Statistical stopping
 * criteria for automated screening in systematic reviews", section "Ranked quasi-sampling"). The estimate and the lower
 * bound come from a Poisson process whose rate falls exponentially (Sneyd and Stevenson 2019, "Modelling stopping
 * criteria for search results using Poisson processes"). `npm run accuracy -- screening` prints how often both hold.
 *
 * @param decisions Whether each decided record is relevant, in the order of the decisions.
 * @param total Number of all records, decided or not.
 */
export function estimateProgress(
  decisions: readonly boolean[],
  total: number,
  { targetRecall = enoughRecall }: ProgressOptions = {},
): ProgressEstimate {
  const ranks = decisions.flatMap((isRelevant, index) => (isRelevant ? [index + 1] : []));
  const found = ranks.length;
  const decided = decisions.length;
  const samples = samplesOf(ranks, decided, total);
  const logs = logFactorials(total);
  const high = mostLeft(samples, total - decided, logs);
  const { expected, lowest } = expectedLeft(ranks, decided, total);
  const left = {
    estimate: Math.min(expected, high),
    low: Math.min(poissonQuantile(tail, lowest), high),
    high,
  };
  return {
    total,
    decided,
    found,
    left,
    recall: found === 0 ? undefined : recallOf(found, left),
    confidence: recallConfidence(samples, { found, targetRecall, logs }),
  };
}

function recallOf(found: number, { estimate, low, high }: Estimate): Estimate {
  return { estimate: found / (found + estimate), low: found / (found + high), high: found / (found + low) };
}

/** The records that were decided since one moment, as a sample of those undecided then. */
interface Sample {
  /** Number of records that were undecided. */
  readonly population: number;
  readonly size: number;
  /** Number of relevant records in the sample. */
  readonly relevant: number;
}

function samplesOf(ranks: readonly number[], decided: number, total: number): Sample[] {
  return [0, ...ranks]
    .map((start, index) => ({
      population: total - start,
      size: decided - start,
      relevant: ranks.length - index,
    }))
    .slice(-sampleStarts)
    .filter(({ size }) => size > 0);
}

/** The largest number of relevant records that no sample makes improbable. */
function mostLeft(samples: readonly Sample[], undecided: number, logs: Float64Array): number {
  let most = undecided;
  for (const { population, size, relevant } of samples) {
    const isPossible = (left: number) =>
      hypergeometricAtMost(relevant, { population, successes: relevant + left, size }, logs) >= tail;
    let low = 0;
    while (low < most) {
      const middle = Math.ceil((low + most) / 2);
      if (isPossible(middle)) low = middle;
      else most = middle - 1;
    }
  }
  return most;
}

function recallConfidence(
  samples: readonly Sample[],
  { found, targetRecall, logs }: { found: number; targetRecall: number; logs: Float64Array },
): number {
  const probabilities = samples.map(({ population, size, relevant }) => {
    const before = found - relevant;
    // The smallest number of relevant records in the sampled population with which the target is missed.
    const successes = Math.floor(found / targetRecall - before + 1);
    return hypergeometricAtMost(relevant, { population, successes, size }, logs);
  });
  return 1 - Math.min(1, ...probabilities);
}

/**
 * Fits the rate `a e^(-k t)` to the ranks by maximum likelihood. @returns the expected number after the last decision,
 * and the smallest one within the 95 % interval of k.
 */
function expectedLeft(ranks: readonly number[], decided: number, total: number) {
  if (decided === 0 || ranks.length === 0) {
    // Half a record among those decided: the mean after none, with Jeffreys' prior.
    const expected = decided === 0 ? total / 2 : (0.5 * (total - decided)) / decided;
    return { expected, lowest: 0 };
  }
  const sum = ranks.reduce((before, rank) => before + rank, 0);
  const fits = decays(total).map((decay) => {
    const mass = (1 - Math.exp(-decay * decided)) / decay;
    const rate = ranks.length / mass;
    return {
      likelihood: ranks.length * Math.log(rate) - decay * sum,
      left: (rate * (Math.exp(-decay * decided) - Math.exp(-decay * total))) / decay,
    };
  });
  const best = fits.reduce((a, b) => (b.likelihood > a.likelihood ? b : a));
  const within = fits.filter(({ likelihood }) => likelihood >= best.likelihood - likelihoodDrop);
  return { expected: best.left, lowest: Math.min(...within.map(({ left }) => left)) };
}

/** The values of k that are tried: from a constant rate to one that falls to a half within 1/430 of the records. */
function decays(total: number): readonly number[] {
  const [smallest, largest, count] = [1e-3 / total, 300 / total, 200];
  const step = Math.log(largest / smallest) / (count - 1);
  return Array.from({ length: count }, (_, index) => smallest * Math.exp(index * step));
}
