import type { Span } from '../types';
import { linesOf } from './blocks';

/**
 * Writes syntax of Pandoc and Quarto as the syntax of CommonMark that divides a text at the same places. The result has
 * the length of `source`, so that the places of what the parser finds are places in `source`.
 *
 * - A displayed formula becomes one word. The masks of the text leave it out.
 * - The line of a fenced div becomes a heading with the title of the div: `::: {.callout-note title="Title"}`. So do its options.
 * - The mark of a definition or a table caption (`: `) becomes that of a list item.
 */
export function asCommonMark(source: string, formulas: readonly Span[]): string {
  const parts: string[] = [];
  let from = 0;
  const add = (text: string, span: Span): void => {
    parts.push(source.slice(from, span.start), text);
    from = span.end;
  };
  let next = 0;
  let afterDiv = false;
  for (const line of linesOf(source)) {
    for (let formula = formulas[next]; formula && formula.start < line.end; formula = formulas[next]) {
      if (formula.start >= from) add('x'.repeat(formula.end - formula.start), formula);
      next += 1;
    }
    if (line.start < from) continue;
    const text = source.slice(line.start, line.end);
    const asHeading: string | undefined =
      lineOfDiv(text) ?? (afterDiv && divOption.test(text) ? emptyHeading(text) : undefined);
    afterDiv = asHeading !== undefined;
    const written = asHeading ?? lineOfDefinition(text);
    if (written !== undefined) add(written, line);
  }
  if (from === 0) return source;
  parts.push(source.slice(from));
  return parts.join('');
}

const div = /^[ \t>]*:{3,}(?!:)/;
const divTitle =
  /[\s{,](?:title|fig-cap|tbl-cap|lst-cap)=(?:"([^"\n]{1,1000})"|'([^'\n]{1,1000})')|^[ \t>]*:{3,}[ \t]*\{(?:admonition|dropdown|card|topic|sidebar)\}[ \t]+(.{1,1000})$|^[ \t>]*:{3,}[ \t]*[a-z]{1,30}\[([^\][\n]{1,1000})\]/;

/** An option of a directive of MyST, in the lines after its first: `:width: 50%`. */
const divOption = /^[ \t>]*:[a-z][\w-]{0,40}:(?:[ \t]|$)/;

function emptyHeading(text: string): string {
  return `${text.slice(0, text.indexOf(':'))}#`.padEnd(text.length);
}

function lineOfDiv(text: string): string | undefined {
  const prefix = div.exec(text)?.[0];
  if (prefix === undefined) return undefined;
  const heading = `${text.slice(0, prefix.indexOf(':'))}# `;
  const match = divTitle.exec(text);
  const title = match?.slice(1).find((group) => (group as string | undefined) !== undefined);
  if (!match || title === undefined) return heading.padEnd(text.length);
  // The title is followed by its quote or bracket, or by nothing.
  const end = match.index + match[0].length - (match[3] === undefined ? 1 : 0);
  return `${heading.padEnd(end - title.length)}${title}`.padEnd(text.length);
}

function lineOfDefinition(text: string): string | undefined {
  const match = /^ {0,3}[:~](?=[ \t]+\S)/.exec(text);
  return match ? `${match[0].slice(0, -1)}-${text.slice(match[0].length)}` : undefined;
}
