/**
 * A probability in whole percents. A prediction is never shown as certain: only 1 itself, which stands for what a person
 * has checked, is 100.
 *
 * @param probability From 0 to 1.
 */
export function wholePercent(probability: number): number {
  const percent = Math.round(probability * 100);
  return probability < 1 ? Math.min(percent, 99) : percent;
}
