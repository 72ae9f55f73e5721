import { countWords, lineJoin, type WordCounts } from '../../../core/documents/lineJoins';
import type { PaperBlock, Piece } from '../blocks';
import { readingOrder } from './columns';
import {
  couldBeHeading,
  isBackMatterNote,
  isCaption,
  isFrontMatter,
  isKnownHeading,
  isNumberedHeading,
  isReferences,
  unspaced,
} from './headings';
import { type Line, linesOf } from './lines';
import { type Paragraph, paragraphsOf, type Typography, typographyOf } from './paragraphs';
import { withoutRunningHeads } from './runningHeads';
import { fragmentsOf, type PageItems } from './textItems';

/** A paragraph with what it is in the paper. */
interface Part {
  readonly kind: PaperBlock['kind'];
  readonly level?: number;
  readonly lines: readonly Line[];
  /** Whether it interrupts the text: captions, footnotes, tables. */
  readonly isFloat: boolean;
}

/** The blocks of a PDF in reading order, from the text items of its pages. */
export function pdfBlocks(pages: readonly PageItems[]): PaperBlock[] {
  const printed: Line[] = [];
  let region = 0;
  for (const { page, items } of pages) {
    for (const each of readingOrder(fragmentsOf(items))) {
      for (const line of linesOf(each, { page, region })) if (line.text !== '') printed.push(line);
      region += 1;
    }
  }
  const lines = withoutRunningHeads(printed, pages);
  const words = countWords(lines.map(({ text }) => text).join('\n'));
  const typography = typographyOf(lines);
  const parts = joinInterrupted(classify(paragraphsOf(lines), typography));
  return parts.flatMap((part) => blocksOf(part, words));
}

function blocksOf({ kind, level, lines }: Part, words: WordCounts): PaperBlock[] {
  if (kind === 'row')
    return lines.map(({ cells, narrowCells, page }) => {
      const shown = cells.length > 1 ? cells : narrowCells;
      return { kind, pieces: shown.map(({ text }) => ({ text, page })) };
    });
  const pieces = joinLines(lines, words);
  if (kind !== 'heading') return [{ kind, pieces }];
  return [{ kind, level, pieces: pieces.map(({ text, page }) => ({ text: unspaced(text), page })) }];
}

/** Joins lines; a word that is broken at the end of a page belongs to that page. */
export function joinLines(lines: readonly Pick<Line, 'text' | 'page'>[], words: WordCounts): Piece[] {
  const pieces: { text: string; page: number }[] = [];
  for (const { text, page } of lines) {
    const last = pieces.at(-1);
    if (!last) {
      pieces.push({ text, page });
      continue;
    }
    const join = lineJoin(last.text, text, words);
    if (join === 'join') last.text = last.text.slice(0, -1);
    let rest = text;
    if (join === 'space') last.text += ' ';
    else {
      const word = /^\S+\s?/.exec(text)?.[0] ?? '';
      if (page !== last.page) {
        last.text += word;
        rest = text.slice(word.length);
      }
    }
    if (page === last.page) last.text += rest;
    else pieces.push({ text: rest, page });
  }
  return pieces;
}

/** Says of each paragraph what it is. */
function classify(paragraphs: readonly Paragraph[], typography: Typography): Part[] {
  const titleSize = paragraphs
    .filter(({ lines }) => lines[0]?.page === 1 && textOf(lines).length > 12)
    .reduce((most, { lines }) => Math.max(most, lines[0]?.size ?? 0), 0);
  const parts: Part[] = [];
  let isInReferences = false;
  let hasTitle = false;
  let hasBegun = false;
  for (const [index, paragraph] of paragraphs.entries()) {
    const { lines, isTable } = paragraph;
    const text = textOf(lines);
    const size = lines[0]?.size ?? 0;
    const isTitle: boolean =
      !hasTitle &&
      lines[0]?.page === 1 &&
      size === titleSize &&
      size > 1.15 * typography.size &&
      lines.length < 8;
    const isFront = lines[0]?.page === 1 && isFrontMatter(text);
    const isAuthors = hasTitle && !hasBegun && isFront;
    const isHeading =
      isTitle ||
      (!isAuthors && isHeadingPart(paragraph, paragraphs[index + 1], { typography, isInReferences }));
    if (isHeading) {
      isInReferences = isReferences(text);
      hasTitle ||= isTitle;
      hasBegun ||= !isTitle && isKnownHeading(text);
      parts.push({ kind: 'heading', level: isTitle ? 1 : 2, lines, isFloat: false });
      continue;
    }
    hasBegun ||= text.split(' ').length > 60 && !isFront;
    const isSmall = size < 0.94 * typography.size;
    const isNote = (isFront && (!hasBegun || isSmall)) || isBackMatterNote(text);
    const kind = isTable ? 'row' : isNote ? 'note' : 'paragraph';
    parts.push({ kind, lines, isFloat: isTable || isNote || isSmall || isCaption(text) });
  }
  return parts;
}

interface HeadingContext {
  readonly typography: Typography;
  readonly isInReferences: boolean;
}

function isHeadingPart(
  { lines, isTable }: Paragraph,
  next: Paragraph | undefined,
  { typography, isInReferences }: HeadingContext,
): boolean {
  const text = textOf(lines);
  const first = lines[0];
  if (isTable || !first || lines.length > 3) return false;
  if (lines.length === 1 && isKnownHeading(text)) return true;
  if (isCaption(text) || !couldBeHeading(text)) return false;
  const isLarge = first.size >= 1.12 * typography.size;
  if (isInReferences) return isLarge;
  const hasOwnFont = first.font !== typography.font && lines.every(({ font }) => font === first.font);
  const isBeforeText = next !== undefined && next.lines[0]?.font !== first.font;
  const isFull = first.size >= 0.94 * typography.size;
  return (
    isLarge || (hasOwnFont && isFull && isNumberedHeading(text)) || (hasOwnFont && isFull && isBeforeText)
  );
}

/** Maximum number of captions, tables and footnotes between the two parts of a paragraph. */
const maxFloats = 10;

/**
 * Joins paragraphs that continue in another column or on another page, also behind figures, tables and footnotes. What
 * stands between the parts comes before the paragraph if it is on the page on which the paragraph begins, otherwise after it.
 */
function joinInterrupted(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  const rest = [...parts].reverse();
  for (let part = rest.pop(); part; part = rest.pop()) {
    const at = isOpen(part) ? continuationOf(part, rest) : undefined;
    const continuation = at === undefined ? undefined : rest[at];
    if (at === undefined || !continuation) {
      joined.push(part);
      continue;
    }
    const between = rest.splice(at).reverse().slice(0, -1);
    const firstPage = part.lines[0]?.page ?? 0;
    joined.push(...between.filter(({ lines }) => lines[0]?.page === firstPage));
    for (const float of between.reverse()) if (float.lines[0]?.page !== firstPage) rest.push(float);
    // The whole may continue again.
    rest.push({ ...part, lines: [...part.lines, ...continuation.lines] });
  }
  return joined;
}

function isOpen({ kind, lines, isFloat }: Part): boolean {
  const last = lines.at(-1);
  if (kind !== 'paragraph' || isFloat || !last) return false;
  return !/[.!?:]["')\]”’]*$/.test(last.text);
}

/** @param rest The parts that follow, the next one last. @returns the index in it of the part that continues `part`. */
function continuationOf(part: Part, rest: readonly Part[]): number | undefined {
  const last = part.lines.at(-1);
  for (let at = rest.length - 1; at >= Math.max(0, rest.length - 1 - maxFloats); at -= 1) {
    const next = rest[at];
    const first = next?.lines[0];
    if (!last || !next || !first) return undefined;
    if (next.isFloat) continue;
    const isElsewhere = first.region !== last.region;
    const hasSameSize = Math.abs(first.size - last.size) <= 0.06 * last.size;
    const isFull = last.x1 > last.right - 2 * last.size;
    const goesOn = /^[\p{Ll}\p{N}(]/u.test(first.text) || /[-‐\u00AD/]$/.test(last.text) || isFull;
    return next.kind === 'paragraph' && isElsewhere && hasSameSize && goesOn ? at : undefined;
  }
  return undefined;
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text }) => text).join(' ');
}
