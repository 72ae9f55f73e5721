import type { Fragment } from './textItems';

/** Fragments that are read from top to bottom: a column, or lines across the page. */
export type Region = readonly Fragment[];

/** Columns are cut at most so many times, which gives up to sixteen. */
const maxDepth = 4;
/** A column has at least so many lines, and is at least this share of the text's width. */
const minLines = 4;
const minShare = 0.14;
/** Half of the lines of a column fill this share of it; the cells of a table do not. */
const minFill = 0.6;
const minCharacters = 14;

/**
 * Divides a page into regions, in reading order. Where two columns stand beside each other, lines that cross the gutter
 * (titles, abstracts, wide tables) divide the page into bands; in each band the left column is read before the right.
 */
export function readingOrder(fragments: readonly Fragment[], depth = 0): Region[] {
  const gutter = depth < maxDepth ? findGutter(fragments) : undefined;
  if (gutter === undefined) return fragments.length === 0 ? [] : [fragments];
  const spanning = spanningFragments(fragments, gutter);
  const edges = [...spanning].map(({ y }) => y).sort((a, b) => a - b);
  const bands = new Map<number, { full: Fragment[]; left: Fragment[]; right: Fragment[] }>();
  for (const fragment of fragments) {
    // A spanning line comes before the columns below it.
    const isFull = spanning.has(fragment);
    const index = countBelow(edges, fragment.y + (isFull ? 0.1 : 0));
    const band = bands.get(index) ?? { full: [], left: [], right: [] };
    bands.set(index, band);
    if (isFull) band.full.push(fragment);
    else if (middle(fragment) < gutter) band.left.push(fragment);
    else band.right.push(fragment);
  }
  return joinBands([...bands].sort(([a], [b]) => a - b).map(([, band]) => band)).flatMap(
    ({ full, left, right }) => [
      ...(full.length === 0 ? [] : [full]),
      ...readingOrder(left, depth + 1),
      ...readingOrder(right, depth + 1),
    ],
  );
}

interface Band {
  readonly full: Fragment[];
  readonly left: Fragment[];
  readonly right: Fragment[];
}

/** Lines across the page with nothing between them are one region. */
function joinBands(bands: readonly Band[]): Band[] {
  const joined: Band[] = [];
  for (const band of bands) {
    const last = joined.at(-1);
    if (last && last.left.length === 0 && last.right.length === 0) {
      joined[joined.length - 1] = { ...band, full: [...last.full, ...band.full] };
    } else joined.push(band);
  }
  return joined;
}

function middle({ x0, x1 }: Fragment): number {
  return (x0 + x1) / 2;
}

/** The number of values below `limit` in a sorted list. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const at = (low + high) >> 1;
    if ((sorted[at] ?? Infinity) < limit) low = at + 1;
    else high = at;
  }
  return low;
}

function crosses({ x0, x1, size }: Fragment, gutter: number): boolean {
  return x0 < gutter - 0.2 * size && x1 > gutter + 0.2 * size;
}

/**
 * The fragments that are read across the page: those that cross the gutter, those on a line with one of them, the rows
 * of tables on both sides of it, and the short last line of a paragraph that crosses it.
 */
function spanningFragments(fragments: readonly Fragment[], gutter: number): Set<Fragment> {
  const rows = pageRows(fragments);
  const isSpanning = rows.map((row) => row.some((each) => crosses(each, gutter)));
  const tabular = rows.map((row) => isTabular(row, fragments, gutter));
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    const isInTable = tabular[index] === true && (tabular[index - 1] === true || tabular[index + 1] === true);
    const isLastLine =
      isSpanning[index - 1] === true && before !== undefined && endsParagraph(before, row, gutter);
    if (isInTable || isLastLine) isSpanning[index] = true;
  }
  return new Set(rows.filter((_, index) => isSpanning[index]).flat());
}

/** Groups fragments by baseline, over the whole width, from top to bottom. */
function pageRows(fragments: readonly Fragment[]): Fragment[][] {
  const rows: Fragment[][] = [];
  for (const fragment of [...fragments].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row?.[0] && fragment.y - row[0].y <= 1.2) row.push(fragment);
    else rows.push([fragment]);
  }
  return rows;
}

/** Whether a row has three cells or more on both sides of the gutter, and fills neither side as prose does. */
function isTabular(row: readonly Fragment[], fragments: readonly Fragment[], gutter: number): boolean {
  if (row.length < 3) return false;
  const lefts = row.filter((each) => middle(each) < gutter);
  const rights = row.filter((each) => middle(each) >= gutter);
  if (lefts.length === 0 || rights.length === 0) return false;
  const first = fragments.reduce((least, { x0 }) => Math.min(least, x0), Infinity);
  const last = fragments.reduce((most, { x1 }) => Math.max(most, x1), -Infinity);
  const filled = (side: readonly Fragment[]) => side.reduce((sum, { x0, x1 }) => sum + x1 - x0, 0);
  return filled(lefts) < maxCellFill * (gutter - first) && filled(rights) < maxCellFill * (last - gutter);
}

const maxCellFill = 0.7;

/** Whether the row is the last line of the paragraph whose line is above it, with nothing in the right column. */
function endsParagraph(above: readonly Fragment[], row: readonly Fragment[], gutter: number): boolean {
  const [first] = row;
  const [full] = [...above].sort((a, b) => a.x0 - b.x0);
  if (!first || !full || row.some((each) => middle(each) >= gutter)) return false;
  const isNear = first.y - full.y <= 1.6 * full.size;
  return isNear && Math.abs(first.size - full.size) <= 0.05 * full.size && Math.abs(first.x0 - full.x0) <= 3;
}

/**
 * Finds the gutter between two columns. The right column shows itself by the many lines that begin at one place, so
 * each such place is tried. A gutter has lines of prose on both sides at the same height, and few lines cross it there.
 * @returns the middle of the gutter; undefined if there is one column.
 */
function findGutter(fragments: readonly Fragment[]): number | undefined {
  if (fragments.length < 2 * minLines) return undefined;
  const left = fragments.reduce((least, { x0 }) => Math.min(least, x0), Infinity);
  const right = fragments.reduce((most, { x1 }) => Math.max(most, x1), -Infinity);
  const starts = new Map<number, number>();
  for (const { x0 } of fragments) starts.set(Math.round(x0), (starts.get(Math.round(x0)) ?? 0) + 1);
  const startsAt = (x: number) => (starts.get(x - 1) ?? 0) + (starts.get(x) ?? 0) + (starts.get(x + 1) ?? 0);
  let best: { readonly score: number; readonly gutter: number } | undefined;
  for (const x of starts.keys()) {
    const isInside = x > left + minShare * (right - left) && x < right - minShare * (right - left);
    if (!isInside || startsAt(x) < minLines) continue;
    const found = judgeGutter(fragments, x);
    if (found && (best === undefined || found.score > best.score)) best = found;
  }
  return best?.gutter;
}

/** @param x The place at which the right column would begin. */
function judgeGutter(
  fragments: readonly Fragment[],
  x: number,
): { readonly score: number; readonly gutter: number } | undefined {
  const after = fragments.filter(({ x0 }) => x0 >= x - 1.5);
  const before = fragments.filter(({ x1, size }) => x1 <= x - 0.45 * size);
  const top = Math.max(topOf(before), topOf(after));
  const bottom = Math.min(bottomOf(before), bottomOf(after));
  const isBeside = ({ y }: Fragment) => y >= top - 2 && y <= bottom + 2;
  const lefts = before.filter(isBeside);
  const rights = after.filter(isBeside);
  if (rowsOf(lefts) < minLines || rowsOf(rights) < minLines) return undefined;
  // The columns must be prose where they are widest, wherever short lines of other parts stand.
  const edge = quantile(
    lefts.map(({ x1 }) => x1),
    0.97,
  );
  if (!isProse(lefts) || !isProse(rights)) return undefined;
  const crossing = rowsOf(fragments.filter((each) => isBeside(each) && crosses(each, x - 1)));
  const besides = Math.min(rowsOf(lefts), rowsOf(rights));
  if (crossing > besides) return undefined;
  return { score: rowsOf(lefts) + rowsOf(rights) - 2 * crossing, gutter: (edge + x) / 2 };
}

function topOf(fragments: readonly Fragment[]): number {
  return fragments.reduce((top, { y }) => Math.min(top, y), Infinity);
}

function bottomOf(fragments: readonly Fragment[]): number {
  return fragments.reduce((bottom, { y }) => Math.max(bottom, y), -Infinity);
}

function rowsOf(fragments: readonly Fragment[]): number {
  return new Set(fragments.map(({ y }) => Math.round(y / 2))).size;
}

/** Whether fragments are lines of prose: long, and most of them as wide as the column. */
function isProse(fragments: readonly Fragment[]): boolean {
  const rows = new Map<number, { x0: number; x1: number; characters: number }>();
  for (const { y, x0, x1, items } of fragments) {
    const row = rows.get(Math.round(y)) ?? { x0, x1, characters: 0 };
    const characters = row.characters + items.reduce((sum, { text }) => sum + text.length, 0);
    rows.set(Math.round(y), { x0: Math.min(row.x0, x0), x1: Math.max(row.x1, x1), characters });
  }
  const all = [...rows.values()];
  const left = quantile(
    all.map(({ x0 }) => x0),
    0.1,
  );
  const right = quantile(
    all.map(({ x1 }) => x1),
    0.9,
  );
  const full = all.filter(
    ({ x0, x1, characters }) => x1 - x0 >= minFill * (right - left) && characters >= minCharacters,
  );
  return full.length >= all.length / 2;
}

/** The value below which the given share of values lies. @param values Not empty. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
