/** Computes which rows of a long list are visible. Without side effects. */
export interface Layout {
  /** Top of each row in pixels, followed by the bottom of the last row. */
  readonly tops: Float64Array;
}

export function layOut(count: number, heightOf: (index: number) => number): Layout {
  const tops = new Float64Array(count + 1);
  for (let index = 0; index < count; index++) tops[index + 1] = (tops[index] ?? 0) + heightOf(index);
  return { tops };
}

export function totalHeight({ tops }: Layout): number {
  return tops[tops.length - 1] ?? 0;
}

/** Index of the row at height `y`, or of the last row if `y` is below it. */
export function rowAt({ tops }: Layout, y: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The rows to draw, with some more above and below, so that scrolling shows no gap. */
export function visibleRows(
  layout: Layout,
  scrollTop: number,
  viewHeight: number,
  extra = 6,
): { readonly first: number; readonly end: number } {
  const count = layout.tops.length - 1;
  if (count <= 0) return { first: 0, end: 0 };
  const first = Math.max(0, rowAt(layout, scrollTop) - extra);
  const end = Math.min(count, rowAt(layout, scrollTop + viewHeight) + 1 + extra);
  return { first, end };
}
