import { groupBy } from '../../../core/groupBy';
import type { Line } from './lines';

/** The size of the page that a line stands on. */
export interface PageSize {
  readonly page: number;
  readonly height: number;
}

/** Heads and feet stand in this share of the page at its top and at its bottom. */
const marginShare = 0.13;
/** Heads of a page have at most so many lines, and so have feet. */
const maxLines = 4;
/** A gap of more ems divides them from the text. */
const minGap = 1.6;

const pageNumber =
  /^(?:(?:page|p\.)\s?)?[-–—|\s]{0,4}[A-Za-z]?\d{1,5}[-–—|\s]{0,4}(?:(?:of|\/)\s?\d{1,5})?$/i;
/** Heads and feet that are recognised on a page of their own, too. */
const knownHeads = [
  /\bdownloaded (?:from|by|on|via)\b/i,
  /^(?:author|accepted) manuscript\b/i,
  /\b(?:page )?\d{1,4} of \d{1,4}$/i,
  /^\d{1,4} of \d{1,4}\b/i,
  /\bET AL\b\.?/,
  /\bet al\.?\s*(?:[|•·–-]?\s*\d{1,5})?$/,
  /^(?:https?:\/\/|www\.|doi:? ?10\.)/i,
  /^(?:©|\(c\)|copyright\b)/i,
  /\ball rights reserved\b/i,
  /\b(?:volume|vol\.)\s?\d+.{0,40}\b(?:issue|number|no\.|article)\s?\d+/i,
  /\bprotected by copyright\b/i,
  /^(?:[\p{L}.&:]+\s){1,8}(?:19|20)\d{2}[,;:]\s?\d+\s?[,:(]/u,
];

/**
 * Removes running heads, running feet and page numbers. They stand in the margins of a page; what repeats on other
 * pages at the same height, but for its numbers, is one of them, and so is a page number, and the forms that publishers
 * use.
 */
export function withoutRunningHeads(lines: readonly Line[], pages: readonly PageSize[]): Line[] {
  const inMargin = linesInMargins(lines, pages);
  const repeated = repeatedHeads([...inMargin.keys()]);
  return lines.filter((line) => {
    const margin = inMargin.get(line);
    if (!margin || line.text.length > 250) return true;
    const isHead = pageNumber.test(line.text) || knownHeads.some((head) => head.test(line.text));
    const repeats = repeated.get(line) ?? 0;
    return !(repeats >= manyRepeats || (margin.isDetached && (repeats > 0 || isHead)));
  });
}

interface MarginLine {
  /** Whether a gap divides the line, and all lines outside of it, from the text of the page. */
  readonly isDetached: boolean;
}

function linesInMargins(lines: readonly Line[], pages: readonly PageSize[]): Map<Line, MarginLine> {
  const found = new Map<Line, MarginLine>();
  const byPage = groupBy(lines, ({ page }) => String(page));
  for (const { page, height } of pages) {
    const sorted = [...(byPage.get(String(page)) ?? [])].sort((a, b) => a.y - b.y);
    addMargin(found, sorted, ({ y }) => y < marginShare * height);
    addMargin(found, sorted.reverse(), ({ y }) => y > (1 - marginShare) * height);
  }
  return found;
}

/** @param fromEdge The lines of a page from its edge to its middle. */
function addMargin(
  found: Map<Line, MarginLine>,
  fromEdge: readonly Line[],
  isInMargin: (line: Line) => boolean,
): void {
  const heights = [...new Set(fromEdge.map(({ y }) => Math.round(y / 3)))].slice(0, maxLines);
  const margin = fromEdge.filter((line) => isInMargin(line) && heights.includes(Math.round(line.y / 3)));
  let detached = 0;
  for (const [index, line] of margin.entries()) {
    const inner = fromEdge[index + 1];
    if (inner && Math.abs(inner.y - line.y) > minGap * Math.max(line.size, inner.size)) detached = index + 1;
  }
  for (const [index, line] of margin.entries()) found.set(line, { isDetached: index < detached });
}

/** Height up to which two pages print a head at the same place, in points. */
const sameHeight = 8;

/** A line that so many other pages repeat is a head even if it stands close to the text. */
const manyRepeats = 3;

/** The lines that other pages repeat, with the number of those pages. */
function repeatedHeads(candidates: readonly Line[]): ReadonlyMap<Line, number> {
  const byShape = groupBy(candidates, ({ text }) => text.replace(/\d+/g, '#').replace(/\s+/g, ' '));
  const repeated = new Map<Line, number>();
  for (const same of byShape.values()) {
    for (const line of same) {
      // The title of a paper is printed again as a running head, at another place and in another size.
      const others = same.filter(
        (other) =>
          other.page !== line.page &&
          Math.abs(other.y - line.y) <= sameHeight &&
          Math.abs(other.size - line.size) <= 0.1 * line.size,
      );
      if (others.length > 0) repeated.set(line, new Set(others.map(({ page }) => page)).size);
    }
  }
  return repeated;
}
