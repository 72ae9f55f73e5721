import { mostFrequent } from '../../../core/mostFrequent';

/** A run of characters that a PDF prints at one place. Lengths are points; `y` grows downwards. */
export interface TextItem {
  readonly text: string;
  /** Left end of the run. */
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly width: number;
  /** Size of the font. */
  readonly size: number;
  /** Identifies the font within the document. */
  readonly font: string;
}

export interface PageItems {
  /** Number of the page, counted from 1. */
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly items: readonly TextItem[];
}

/** Items that are printed one after the other on one baseline. */
export interface Fragment {
  readonly items: readonly TextItem[];
  readonly x0: number;
  readonly x1: number;
  /** The baseline and size of most of its characters. */
  readonly y: number;
  readonly size: number;
}

/** A gap of more ems divides two fragments. The gutter between columns is wider, words of a justified line seldom. */
const maxGap = 0.9;
/** Scripts are raised or lowered by at most so many ems. */
const maxShift = 0.62;

/** Joins the items of a page to fragments, in the order in which the page prints them. */
export function fragmentsOf(items: readonly TextItem[]): Fragment[] {
  const fragments: Fragment[] = [];
  let open: TextItem[] = [];
  let size = 0;
  let y = 0;
  const close = (): void => {
    if (open.length > 0) fragments.push(fragmentOf(open));
    open = [];
  };
  for (const item of items) {
    if (item.text.trim() === '') continue;
    const last = open.at(-1);
    const em = Math.max(size, item.size);
    const gap = last ? item.x - (last.x + last.width) : 0;
    const fits = last && Math.abs(item.y - y) <= maxShift * em && gap <= maxGap * em && gap >= -0.5 * em;
    if (!fits) close();
    // Scripts do not move the baseline.
    if (open.length === 0 || item.size > size * 1.1) {
      size = item.size;
      y = item.y;
    }
    open.push(item);
  }
  close();
  return fragments;
}

/** @param items Not empty. */
export function fragmentOf(items: readonly TextItem[]): Fragment {
  const main = mainItem(items);
  return {
    items,
    x0: items.reduce((left, { x }) => Math.min(left, x), Infinity),
    x1: items.reduce((right, { x, width }) => Math.max(right, x + width), -Infinity),
    y: main?.y ?? 0,
    size: main?.size ?? 0,
  };
}

/** The item whose size has the most characters. */
function mainItem(items: readonly TextItem[]): TextItem | undefined {
  const lengths = new Map<number, number>();
  for (const { size, text } of items) {
    const key = Math.round(size * 4);
    lengths.set(key, (lengths.get(key) ?? 0) + text.length);
  }
  const most = mostFrequent(lengths);
  return items.find(({ size }) => Math.round(size * 4) === most);
}
