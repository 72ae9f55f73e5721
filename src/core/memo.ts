/**
 * Remembers computed values. A full memo forgets all of them, which costs less than to keep the order of their use: texts
 * soon ask for the frequent ones again.
 */
export class Memo<Key, Value> {
  private readonly values = new Map<Key, Value>();

  /** @param maxSize Maximum number of values. */
  constructor(private readonly maxSize: number) {}

  /** @returns the value of a key, which is computed unless it is remembered. */
  get(key: Key, compute: () => Value): Value {
    const known = this.values.get(key);
    if (known !== undefined || this.values.has(key)) return known as Value;
    const value = compute();
    if (this.values.size >= this.maxSize) this.values.clear();
    this.values.set(key, value);
    return value;
  }
}
