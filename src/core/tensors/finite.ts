/**
 * Whether all numbers are finite: none is NaN or an infinity. It takes one pass: zero times such a number is NaN, and NaN
 * stays in a sum.
 */
export function areFinite(numbers: Float32Array): boolean {
  let sum = 0;
  for (const number of numbers) sum += number * 0;
  return sum === 0;
}
