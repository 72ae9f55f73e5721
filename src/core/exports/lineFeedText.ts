import { firstWhere } from '../firstWhere';

/** A text with line feeds as its only line ends, and the places of its characters in the document. */
export class LineFeedText {
  readonly text: string;
  /** Offset in the document of each carriage return that has no counterpart in the text, ascending. */
  private readonly removed: readonly number[];

  constructor(document: string) {
    this.text = document.replace(/\r\n?/g, '\n');
    this.removed = Array.from(document.matchAll(/\r(?=\n)/g), ({ index }) => index);
  }

  /** Converts an offset in the document. */
  fromDocument(offset: number): number {
    return offset - firstWhere(this.removed, (at) => at >= offset);
  }

  /** Converts an offset in the text. That of a line feed is the offset of the carriage return before it. */
  toDocument(offset: number): number {
    // The number of removed characters before an offset is found by binary search: it grows with the offset.
    let low = 0;
    let high = this.removed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.removed[middle] ?? Infinity) - middle < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  }
}
