/**
 * Computes how many lines the parts of a row take, as the browser wraps them, because the height of a row must be known
 * before it is drawn. Without side effects.
 */

/**
 * @param widths Widths of the parts in pixels. A part that is wider than a line is shortened to it.
 * @param gap Space between two parts of a line.
 */
export function lineCount(widths: readonly number[], available: number, gap: number): number {
  let lines = 0;
  let used = Infinity;
  for (const width of widths) {
    const part = Math.min(width, available);
    if (used + gap + part <= available) used += gap + part;
    else {
      lines++;
      used = part;
    }
  }
  return lines;
}
