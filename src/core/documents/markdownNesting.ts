import type { Span } from '../types';
import { linesOf } from './blocks';

/** Number of quotes, list items and footnotes that may be nested. Authors nest a few. */
const maxNesting = 32;

/** The mark that opens a container, after white space. */
const mark = /([ \t]*)(?:>|(?:[-+*]|\d{1,9}[.)])(?=\s|$)|\[\^[^\]\s]{1,1000}\]:)/y;

/**
 * Whether more than {@link maxNesting} containers may be open at once in a block of Markdown.
 *
 * A container is opened by a mark. A later line belongs to it if it repeats the mark of a quote, or is indented by two
 * columns or more. So at most as many containers are open at a mark as there are marks up to it, and at most as many as
 * there are marks in its line plus half of the white space before it.
 */
export function isNestedTooDeep(source: string): boolean {
  let marks = 0;
  for (const line of linesOf(source)) {
    const end = startOfRule(source, line);
    let inLine = 0;
    let columns = 0;
    mark.lastIndex = line.start;
    for (let match = mark.exec(source); match && mark.lastIndex <= end; match = mark.exec(source)) {
      marks += 1;
      inLine += 1;
      columns += columnsOf(match[1] ?? '');
      if (Math.min(marks, inLine + columns / 2) > maxNesting) return true;
    }
  }
  return false;
}

/** The start of a thematic break at the end of a line (`- - -`), whose characters open no lists; else the line's end. */
function startOfRule(source: string, { start, end }: Span): number {
  let sign = '';
  let signs = 0;
  let at = end;
  for (; at > start; at -= 1) {
    const character = source.charAt(at - 1);
    if (character === ' ' || character === '\t') continue;
    if (sign === '') sign = character;
    if (character !== sign || (sign !== '-' && sign !== '*')) break;
    signs += 1;
  }
  return signs > 2 ? at : end;
}

/** The largest number of columns that white space can fill. */
function columnsOf(blanks: string): number {
  let columns = 0;
  for (const blank of blanks) columns += blank === '\t' ? 4 : 1;
  return columns;
}
