/** Returns log Σ exp(value), computed without overflow; -∞ for an empty list. */
export function logSumExp(values: readonly number[]): number {
  const highest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (highest === -Infinity) return highest;
  return highest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - highest), 0));
}
