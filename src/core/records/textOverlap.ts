import { hash } from '../hash';

/** The pairs of neighbouring characters of a text as sorted numbers, for {@link dice}. */
export function bigrams(letters: string): Uint32Array {
  const codes = new Uint32Array(Math.max(0, letters.length - 1));
  for (let index = 0; index + 1 < letters.length; index++)
    codes[index] = letters.charCodeAt(index) * 65_536 + letters.charCodeAt(index + 1);
  return codes.sort();
}

/** Hashes of runs of three words as sorted numbers. */
export function shingles(words: readonly string[]): Uint32Array {
  const hashes = words.map(hash);
  const runs = new Uint32Array(Math.max(0, words.length - 2));
  for (let at = 0; at < runs.length; at++) {
    const begin = Math.imul((hashes[at] ?? 0) ^ 0x9e3779b9, 31) ^ (hashes[at + 1] ?? 0);
    runs[at] = Math.imul(begin, 31) ^ (hashes[at + 2] ?? 0);
  }
  return runs.sort();
}

/** Number of elements that two sorted lists share; repeats count. */
export function shared(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  let left = 0;
  let right = 0;
  while (left < a.length && right < b.length) {
    const first = a[left] ?? 0;
    const second = b[right] ?? 0;
    if (first === second) count += 1;
    if (first <= second) left += 1;
    if (second <= first) right += 1;
  }
  return count;
}

/** Sørensen–Dice coefficient of two sorted lists, in [0, 1]. */
export function dice(a: Uint32Array, b: Uint32Array): number {
  return a.length + b.length === 0 ? 0 : (2 * shared(a, b)) / (a.length + b.length);
}

/** The part of the shorter list that the longer one holds, in [0, 1]. */
export function containment(a: Uint32Array, b: Uint32Array): number {
  return Math.min(a.length, b.length) === 0 ? 0 : shared(a, b) / Math.min(a.length, b.length);
}
