/** Largest value of a signed byte. */
const scale = 127;

/**
 * Exact nearest-neighbour search over unit vectors that are quantised to one byte a number. This takes a quarter of the
 * memory and hardly changes the order of the results. A search over thirty thousand vectors takes milliseconds.
 */
export class VectorSearch {
  private readonly vectors = new Map<number, Int8Array>();
  /** The state of the database that the vectors belong to. Undefined if they must be read again. */
  state: number | undefined;

  /** @returns the bytes to store. */
  add(id: number, vector: Float32Array): Uint8Array {
    const bytes = Int8Array.from(vector, (value) => Math.round(Math.max(-1, Math.min(1, value)) * scale));
    this.vectors.set(id, bytes);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Restores a vector from the bytes that {@link add} returned. */
  set(id: number, stored: Uint8Array): void {
    this.vectors.set(id, Int8Array.from(stored));
  }

  clear(): void {
    this.vectors.clear();
    this.state = undefined;
  }

  remove(id: number): void {
    this.vectors.delete(id);
  }

  /**
   * Ids, nearest first. Vectors of another length, from another model, are left out.
   *
   * @param among Default: all vectors are compared.
   */
  nearest(question: Float32Array, limit: number, among?: ReadonlySet<number>): readonly number[] {
    const scored: (readonly [id: number, score: number])[] = [];
    for (const [id, vector] of this.vectors) {
      if (vector.length === question.length && among?.has(id) !== false)
        scored.push([id, product(question, vector)]);
    }
    return scored
      .sort(([, a], [, b]) => b - a)
      .slice(0, limit)
      .map(([id]) => id);
  }
}

function product(a: Float32Array, b: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
