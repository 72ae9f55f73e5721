import type { Span } from '../types';
import { linesOf } from './blocks';
import { countWords, lineJoin } from './lineJoins';
import type { Mask } from './segmentBuilder';

/** The places of a plain text, copied from a PDF, that must be mended. */
export interface CopiedText {
  /** Ranges to remove so that words and sentences continue, sorted and without overlaps. */
  readonly masks: readonly Mask[];
}

interface Line extends Span {
  readonly content: string;
}

/** Heads and feet that publishers print on each page, whatever else the text is. */
const knownHeads = [
  /^Downloaded (?:from|by|on|via)\b/i,
  /^(?:Author|Accepted) manuscript(?:[;,. ]|$)/i,
  /^(?:HHS Public Access|NIH-PA Author Manuscript)/,
  /^This article is protected by copyright/i,
  /^(?:©|\(c\)|Copyright) ?(?:©|\(c\))? ?(?:The )?\D{0,60}\d{4}\b/i,
  /^(?:.{0,90}[^\w.])?(?:page )?\d{1,4} of \d{1,4}(?:[^\w.].{0,90})?$/i,
];
/** `IRON ET AL.`, with a page number before or after it. */
const capitalHead = /^(?:\d{1,4}\s+)?(?:\p{Lu}[\p{Lu}.'’-]*[ ,]+){1,8}ET AL\.?(?:\s+\d{1,4})?$/u;
const pageNumber = /^(?:- ?|p\. ?)?\d{1,4}(?: ?-)?$/;
const maxHeadLength = 160;

const brokenEnd = /[\p{L}\p{N}][-‐\u00AD]$/u;
const ligature = /[\uFB00-\uFB06]/;

/** With so many words broken at line ends, lines that repeat and lone numbers are taken for heads of pages. */
const fewBreaks = 2;

/**
 * Finds what was damaged when a text was copied from a PDF: words broken at line ends, and heads and feet of pages
 * between the lines of a sentence. Authors and editors of plain text do not break words, so one broken word is enough; a
 * hyphen of a compound loses only the break after it.
 * @returns undefined for a text that needs no mending.
 */
export function findCopiedText(text: string): CopiedText | undefined {
  if (!mayBeCopied(text)) return undefined;
  const lines = [...linesOf(text)].map((line) => ({
    ...line,
    content: text.slice(line.start, line.end).trim(),
  }));
  const breaks = lines.filter((line, index) => isBroken(line, lines[index + 1])).length;
  const isCopied = breaks >= fewBreaks || (breaks > 0 && hasSigns(text, lines));
  const hasHeads = isCopied || lines.some(({ content }) => isKnownHead(content));
  const heads = hasHeads ? findHeads(lines, isCopied) : new Set<number>();
  const masks = mend(text, lines, heads);
  return masks.length > 0 ? { masks } : undefined;
}

function mayBeCopied(text: string): boolean {
  return /[-‐\u00AD][ \t]*\r?\n/.test(text) || /\bET AL\b|Downloaded|\d of \d|manuscript|\f/i.test(text);
}

function hasSigns(text: string, lines: readonly Line[]): boolean {
  return ligature.test(text) || text.includes('\f') || lines.some(({ content }) => isKnownHead(content));
}

function isKnownHead(content: string): boolean {
  if (content.length === 0 || content.length > maxHeadLength) return false;
  return capitalHead.test(content) || knownHeads.some((pattern) => pattern.test(content));
}

function isBroken({ content }: Line, next: Line | undefined): boolean {
  return brokenEnd.test(content) && /^\p{Ll}/u.test(next?.content ?? '');
}

/**
 * Page heads. In a copied text that are also page numbers, and lines that repeat but for their numbers; each stands
 * between two lines of a sentence, at the beginning or at the end.
 */
function findHeads(lines: readonly Line[], isCopied: boolean): Set<number> {
  const repeats = new Map<string, number>();
  const shape = (content: string) => content.replace(/\d+/g, '#');
  for (const { content } of lines) repeats.set(shape(content), (repeats.get(shape(content)) ?? 0) + 1);
  const isRepeated = ({ content }: Line) =>
    content.length > 8 &&
    content.length <= maxHeadLength &&
    !/[.;]$/.test(content) &&
    !brokenEnd.test(content) &&
    /\d|\p{Lu}{3}/u.test(content) &&
    (repeats.get(shape(content)) ?? 0) > 1;
  const heads = new Set<number>();
  for (const line of lines) {
    const isHead =
      isKnownHead(line.content) || (isCopied && (pageNumber.test(line.content) || isRepeated(line)));
    if (isHead) heads.add(line.start);
  }
  return heads;
}

function mend(text: string, lines: readonly Line[], heads: ReadonlySet<number>): Mask[] {
  const words = countWords(text);
  const masks: Mask[] = [];
  let before: Line | undefined;
  /** Whether heads were passed over since `before`; only then may blank lines be passed over as well. */
  let passed = false;
  for (const [index, line] of lines.entries()) {
    if (heads.has(line.start)) {
      passed = true;
      continue;
    }
    if (line.content === '') {
      const reachesHead = passed || nextFilled(lines, index, heads);
      if (!reachesHead) before = undefined;
      continue;
    }
    const mask = before && between(text, before, line, { words, passed });
    if (mask) masks.push(mask);
    before = line;
    passed = false;
  }
  return withHeads(masks, lines, heads);
}

/** Whether the next line with text after blank ones is a page head. */
function nextFilled(lines: readonly Line[], from: number, heads: ReadonlySet<number>): boolean {
  // The search ends at the first line with text; the blank lines of a run are each looked at from few places.
  for (let at = from + 1; at < Math.min(lines.length, from + 6); at += 1) {
    const line = lines[at];
    if (line && line.content !== '') return heads.has(line.start);
  }
  return false;
}

interface Between {
  readonly words: ReturnType<typeof countWords>;
  readonly passed: boolean;
}

/** The mask between two lines of prose, undefined if an ordinary line break divides them. */
function between(text: string, before: Line, line: Line, { words, passed }: Between): Mask | undefined {
  const start = before.end - trailingBlanks(text, before);
  const end = line.end - text.slice(line.start, line.end).trimStart().length;
  if (brokenEnd.test(before.content)) {
    const join = lineJoin(before.content, line.content, words);
    if (join === 'join') return { start: start - 1, end, prose: '' };
    if (join !== 'space') return { start, end, prose: '' };
  }
  return passed && continues(before.content, line.content) ? { start, end, prose: ' ' } : undefined;
}

function trailingBlanks(text: string, { start, end }: Span): number {
  const line = text.slice(start, end);
  return line.length - line.trimEnd().length;
}

/** Whether a sentence that a page head cuts goes on. */
function continues(before: string, after: string): boolean {
  return !/[.!?:;]["')\]”’]*$/.test(before) && /^[\p{Ll}\p{N}(]/u.test(after);
}

/** Adds masks for heads that no other mask covers. */
function withHeads(masks: readonly Mask[], lines: readonly Line[], heads: ReadonlySet<number>): Mask[] {
  const all: Mask[] = [...masks];
  let next = 0;
  for (const line of lines) {
    if (!heads.has(line.start)) continue;
    while ((masks[next]?.end ?? Infinity) <= line.start) next += 1;
    const mask = masks[next];
    if (!mask || mask.start > line.start) all.push({ start: line.start, end: line.end });
  }
  return all.sort((a, b) => a.start - b.start);
}
