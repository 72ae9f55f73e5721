import { groupBy } from './groupBy';

/** The key with the highest count, the first of several. */
export function mostFrequent<Key>(counts: ReadonlyMap<Key, number>): Key | undefined {
  let best: Key | undefined;
  let most = -Infinity;
  for (const [key, count] of counts) {
    if (count <= most) continue;
    best = key;
    most = count;
  }
  return best;
}

/** The first of the elements that have the most frequent key. Of several keys, the first one counts. */
export function commonest<T>(elements: Iterable<T>, keyOf: (element: T) => string): T | undefined {
  const groups = groupBy(elements, keyOf);
  const key = mostFrequent(new Map(Array.from(groups, ([each, { length }]) => [each, length])));
  return key === undefined ? undefined : groups.get(key)?.[0];
}
