/**
 * Seconds that the rest will take at the pace so far, or undefined while that would be a guess.
 *
 * @param done Units of work finished at the pace measured; what was answered from an earlier run is not work.
 * @param left Units still to do.
 */
export function secondsLeft(elapsedMs: number, done: number, left: number): number | undefined {
  if (done <= 0 || elapsedMs < 2000) return undefined;
  return Math.ceil((elapsedMs / 1000) * (left / done));
}

/** A coarse figure that does not flicker: seconds in steps of five, then minutes, then hours. */
export function roundedTime(seconds: number): { readonly unit: 's' | 'min' | 'h'; readonly amount: number } {
  if (seconds < 60) return { unit: 's', amount: Math.max(5, Math.ceil(seconds / 5) * 5) };
  if (seconds < 3600) return { unit: 'min', amount: Math.ceil(seconds / 60) };
  return { unit: 'h', amount: Math.ceil(seconds / 360) / 10 };
}
