import type { Segment, Span } from '../types';
import { linesOf, Segments, type BlockParser, type Cut } from './blocks';
import { addressMasks, masksOf, ordered } from './masks';
import { SegmentBuilder } from './segmentBuilder';

/**
 * The text of a paper that was extracted from a PDF or Word file. Blank lines separate its blocks:
 *
 * - a heading: one line that begins with `#`
 * - a table: lines with ` | ` between the cells
 * - a note that is no prose: lines that begin with `>`, for names and addresses of authors and the like
 * - a paragraph, in one line
 *
 * A line `[Page 3]` of its own marks the beginning of a page, also within a paragraph.
 */
export const paper: BlockParser = {
  cut(text) {
    const cuts: Cut[] = [];
    let open: { start: number; end: number } | undefined;
    let isProse = true;
    const close = (): void => {
      if (open && isProse) cuts.push({ ...open, context: '' });
      open = undefined;
    };
    for (const { start, end } of linesOf(text)) {
      // A line that is long is no heading, so only its beginning is looked at.
      const line = text.slice(start, Math.min(end, start + maxHeadingLength)).trim();
      if (line === '') close();
      else if (line.startsWith(noteMark)) close();
      else if (headingMark.test(line)) {
        close();
        isProse = !isBackMatter(line.replace(headingMark, ''));
        open = { start, end };
        close();
      } else if (open) open.end = end;
      else open = { start, end };
    }
    close();
    return cuts;
  },

  parse(source) {
    return parseBlock(source);
  },
};

const headingMark = /^#{1,6} /;
/** Begins each line of a note. */
export const noteMark = '> ';
const maxHeadingLength = 300;
/** Stands between the cells of a row. */
export const cellBorder = ' | ';

/** Marks the beginning of page `page`. A line that contains nothing else is such a mark. */
export function pageMark(page: number): string {
  return `[Page ${page}]`;
}

/** Number of characters at the beginning of a paper in which its title is looked for. */
const titleHead = 3000;
const minTitleWords = 4;

/**
 * The place of the title of a paper: its first heading of several words, since a shorter one names the journal or the kind
 * of the article. Undefined if the beginning has none.
 */
export function paperTitle(text: string): Span | undefined {
  for (const { index, 0: line } of text.slice(0, titleHead).matchAll(/^#{1,6} [^\r\n]{1,300}$/gm)) {
    const start = index + line.indexOf(' ') + 1;
    if (line.trim().split(/\s+/).length > minTitleWords) return { start, end: index + line.length };
  }
  return undefined;
}

const pageMarkLine = /^\[Page (\d{1,6})\]$/gm;

/** A place at which a page begins. */
export interface PageStart {
  /** Number of the page, counted from 1. */
  readonly page: number;
  /** Offset of the mark in the text. */
  readonly start: number;
}

/** The pages of a paper's text, in the order of the text. Empty if it has none, as a Word file. */
export function pageStarts(text: string): readonly PageStart[] {
  return Array.from(text.matchAll(pageMarkLine), ({ 1: page, index }) => ({
    page: Number(page),
    start: index,
  }));
}

/** The page of a place in the text. @param starts See {@link pageStarts}. @returns undefined before the first page. */
export function pageAt(starts: readonly PageStart[], offset: number): number | undefined {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle]?.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return starts[low - 1]?.page;
}

const backMatter = new RegExp(
  `^(?:\\d{1,2}\\.?\\s)?(?:${[
    'references?(?: and notes| cited)?',
    'bibliography',
    '(?:literature|works) cited',
    'acknowledge?ments?(?: and funding)?',
    'funding(?: sources?| statement| information)?',
    'financial (?:support|disclosures?)',
    "authors?[’']? contributions?(?: statement)?",
    'credit authorship contribution statement',
    '(?:declaration of )?(?:conflicts?|competing|duality)(?: of)? (?:financial )?interests?(?: statement)?',
    '(?:declaration of interests?|disclosures?)',
    "publisher[’']s note",
  ].join('|')})\\s?[:.]?$`,
  'i',
);

/**
 * Whether a heading begins a part without prose: the references, and what is said of authors and money. Initials of
 * authors look like gene symbols.
 * @param heading The words of the heading, without `#`. Spaced letters (`R E F E R E N C E S`) are read as a word.
 */
export function isBackMatter(heading: string): boolean {
  const trimmed = heading.trim();
  const isSpaced = trimmed.length < 80 && /^(?:\p{L} )+\p{L}$/u.test(trimmed);
  return trimmed.length < 80 && backMatter.test(isSpaced ? trimmed.replaceAll(' ', '') : trimmed);
}

/** Numbers of references in square brackets, after a space or punctuation. Brackets in chemical names follow a letter. */
const citations = /(?<=[\s.,;:)])\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,30}\](?![\p{L}\p{N}-])/gu;

function parseBlock(source: string): Segment[] {
  const marks = Array.from(source.matchAll(pageMarkLine), ({ 0: mark, index }) => ({
    start: index,
    end: index + mark.length,
  }));
  const masks = ordered([...marks, ...addressMasks(source), ...masksOf(source, [citations])]);
  const segments = new Segments(new SegmentBuilder(source, masks));
  const isTable = source.includes(cellBorder);
  for (const { start, end } of linesOf(source)) {
    const line = source.slice(start, end);
    if (isTable) parseRow(segments, line, start);
    else segments.builder.prose(start + (headingMark.exec(line)?.[0].length ?? 0), end);
    segments.builder.space(end, Math.min(source.length, end + 1));
  }
  return segments.finish();
}

function parseRow(segments: Segments, line: string, start: number): void {
  let from = 0;
  for (const cell of line.split(cellBorder)) {
    segments.break();
    segments.builder.prose(start + from, start + from + cell.length);
    from += cell.length + cellBorder.length;
  }
  segments.break();
}
