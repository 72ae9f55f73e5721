/**
 * Binary search for the first item that satisfies a condition.
 * @param items Sorted so that all items for which `holds` is false come before those for which it is true.
 * @returns the index of the first item for which `holds` is true, or the number of items if `holds` is true for no item.
 * @example firstWhere([1, 3, 5], (n) => n > 2) // 1
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
