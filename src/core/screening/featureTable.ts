/**
 * Numbers the keys that it meets 0, 1, 2 … A hash table in typed arrays: a collection has millions of word pairs, for
 * which a `Map` takes several times as long and as much memory.
 */
export class FeatureTable {
  private keys = new Float64Array(1024);
  /** The number of the key in each slot, from 1; 0: the slot is free. */
  private numbers = new Uint32Array(1024);
  private used = 0;

  /** Number of different keys so far. */
  get size(): number {
    return this.used;
  }

  /** @param key A whole number from 0 to 2^53. */
  numberOf(key: number): number {
    const slot = this.slotOf(key);
    const number = this.numbers[slot] ?? 0;
    if (number > 0) return number - 1;
    this.keys[slot] = key;
    this.numbers[slot] = this.used + 1;
    this.used += 1;
    if (2 * this.used > this.keys.length) this.grow();
    return this.used - 1;
  }

  /** The slot that has the key, or the free one that is to have it (linear probing). */
  private slotOf(key: number): number {
    const mask = this.keys.length - 1;
    let slot = hashOf(key) & mask;
    while (this.numbers[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, numbers } = this;
    this.keys = new Float64Array(2 * keys.length);
    this.numbers = new Uint32Array(2 * keys.length);
    for (const [old, number] of numbers.entries()) {
      if (number === 0) continue;
      const key = keys[old] ?? 0;
      const slot = this.slotOf(key);
      this.keys[slot] = key;
      this.numbers[slot] = number;
    }
  }
}

/** Mixes both halves of a key (the finaliser of MurmurHash3). */
function hashOf(key: number): number {
  const low = key >>> 0;
  const high = (key - low) / 4_294_967_296;
  let mixed = Math.imul(high, 0x9e3779b1) ^ low;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
