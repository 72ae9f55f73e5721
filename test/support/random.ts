import { randomFrom } from '../../src/cli/modelSpeed/texts';

/** Random choices that depend on the seed alone, so that a failed run can be repeated. */
export class Random {
  /** @returns a number from 0 up to 1. */
  readonly fraction: () => number;

  /** @param seed A 32-bit integer. */
  constructor(seed: number) {
    this.fraction = randomFrom(seed);
  }

  /** @returns an integer from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  /** @returns true with the probability `1 / n`. */
  oneIn(n: number): boolean {
    return this.fraction() < 1 / n;
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
