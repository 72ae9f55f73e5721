import type { TextItem } from '../../../../../src/runtime/papers/pdf/textItems';

/** Lines of a column as items, about as wide as a font would print them. */
export function printedLines(
  lines: readonly string[],
  { x, y, width, size = 10, leading = 12, font = 'body' }: Place,
): TextItem[] {
  return lines.map((text, index) => ({
    text,
    x,
    y: y + index * leading,
    width: width ?? text.length * size * 0.5,
    size,
    font,
  }));
}

interface Place {
  readonly x: number;
  readonly y: number;
  /** Default: by the number of characters. */
  readonly width?: number;
  readonly size?: number;
  readonly leading?: number;
  readonly font?: string;
}

/** Ten lines of prose with the name of their column in each. */
export function proseLines(name: string, count = 10): string[] {
  return Array.from(
    { length: count },
    (_, index) => `the ${name} column goes on with line ${index} of its text`,
  );
}
