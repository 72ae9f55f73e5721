/**
 * Estimates the remaining seconds from the speed so far. Undefined during the first two seconds.
 *
 * @param done Finished units of work. Results from a cache must not be counted, since they take no time.
 * @param left Remaining units of work.
 */
export function secondsLeft(elapsedMs: number, done: number, left: number): number | undefined {
  if (done <= 0 || elapsedMs < 2000) return undefined;
  return Math.ceil((elapsedMs / 1000) * (left / done));
}

/** Rounds a duration, so that a display does not change constantly: to 5 seconds, to minutes, or to tenths of an hour. */
export function roundTime(seconds: number): { readonly unit: 's' | 'min' | 'h'; readonly amount: number } {
  if (seconds < 60) return { unit: 's', amount: Math.max(5, Math.ceil(seconds / 5) * 5) };
  if (seconds < 3600) return { unit: 'min', amount: Math.ceil(seconds / 60) };
  return { unit: 'h', amount: Math.ceil(seconds / 360) / 10 };
}
