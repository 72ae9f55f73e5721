/** Probabilities of counts. */

/** @returns the natural logarithms of 0! to `largest`!. */
export function logFactorials(largest: number): Float64Array {
  const logs = new Float64Array(largest + 1);
  for (let n = 2; n <= largest; n++) logs[n] = (logs[n - 1] ?? 0) + Math.log(n);
  return logs;
}

/** Drawing `size` balls without replacement from an urn of `population`, of which `successes` are marked. */
export interface Urn {
  readonly population: number;
  readonly successes: number;
  readonly size: number;
}

/**
 * The probability to draw at most `count` marked balls.
 * @param logs {@link logFactorials} up to the population at least.
 * @returns 0 if the urn has fewer balls than marked ones.
 */
export function hypergeometricAtMost(
  count: number,
  { population, successes, size }: Urn,
  logs: Float64Array,
): number {
  if (successes > population) return 0;
  const ways = (all: number, chosen: number) =>
    (logs[all] ?? NaN) - (logs[chosen] ?? NaN) - (logs[all - chosen] ?? NaN);
  const fewest = Math.max(0, size - (population - successes));
  const most = Math.min(count, size, successes);
  const all = ways(population, size);
  let sum = 0;
  for (let drawn = fewest; drawn <= most; drawn++) {
    sum += Math.exp(ways(successes, drawn) + ways(population - successes, size - drawn) - all);
  }
  return Math.min(1, sum);
}

/** The smallest count that a Poisson variable with this mean exceeds with a probability of at most `1 - probability`. */
export function poissonQuantile(probability: number, mean: number): number {
  let log = -mean;
  let sum = Math.exp(log);
  let count = 0;
  while (sum < probability) {
    count++;
    log += Math.log(mean / count);
    sum += Math.exp(log);
  }
  return count;
}
