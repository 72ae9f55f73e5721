import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random choices that depend on the seed alone, so that a failed run can be repeated. */
export class Random {
  private readonly generator: ReturnType<typeof xoroshiro128plus>;

  /** @param seed A 32-bit integer. */
  constructor(readonly seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** @returns an integer from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return uniformInt(this.generator, from, to);
  }

  /** @returns true with the probability `1 / n`. */
  oneIn(n: number): boolean {
    return this.between(1, n) === 1;
  }

  /** @throws {RangeError} if the list is empty. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new RangeError('Nothing to pick from.');
    return item;
  }

  /** @returns a seed for a part that makes its own choices: they do not depend on how many choices others make. */
  childSeed(): number {
    return this.between(0, 0x7fffffff);
  }
}
