/**
 * Converts between UTF-16 offsets, which the extension uses, and Unicode code points, which PubTator, brat and BioC
 * JSON count because their readers are written in Python. Both directions take logarithmic time in the number of
 * astral characters. A lone surrogate counts as one code point, like the U+FFFD that UTF-8 writes for it.
 */
export class CodePointOffsets {
  /** UTF-16 offset of each surrogate pair, ascending. */
  private readonly pairs: readonly number[];

  constructor(text: string) {
    const pairs: number[] = [];
    for (const match of text.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)) pairs.push(match.index);
    this.pairs = pairs;
  }

  /** Converts a UTF-16 offset. An offset inside a surrogate pair gives the position of the pair. */
  toCodePoints(offset: number): number {
    return offset - this.countPairs((pair) => pair < offset);
  }

  toUtf16(codePoint: number): number {
    return codePoint + this.countPairs((pair, index) => pair - index < codePoint);
  }

  /** Counts by binary search the pairs for which `holds` is true; it must be true for a prefix of the pairs. */
  private countPairs(holds: (pair: number, index: number) => boolean): number {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const pair = this.pairs[middle];
      if (pair !== undefined && holds(pair, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
