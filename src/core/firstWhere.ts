/**
 * Binary search.
 * @param items `holds` is false for a beginning of them and true for the rest.
 * @returns the index of the first item for which `holds` is true; the number of items when there is none.
 */
export function firstWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
