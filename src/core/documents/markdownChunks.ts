import type { Segment, Span } from '../types';
import { linesOf } from './blocks';
import { SegmentBuilder } from './segmentBuilder';

/** Names of captions, without dots and hyphens: `fig-cap` in Quarto, `fig.cap` in knitr. */
const captions = new Set('figcap figsubcap tblcap tblsubcap tabcap tabsubcap lstcap subcap'.split(' '));

const header = /^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{[a-zA-Z][^\n]*$/;
const headerOption = /\b([a-z]{1,12}[.-]?(?:sub)?cap)\s{0,9}=\s{0,9}(?:c\(\s{0,9})?(?=["'])/g;
const optionLine = /^[ \t>]*(?:#|\/\/|--|%{1,2})\|/;
const option = /^ ?([a-zA-Z][\w.-]{0,40})[ \t]*:(?=[ \t]|$)[ \t]*/;
const quoted = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\n]|'')*'/y;
const listPart = /"(?:[^"\\]|\\.){0,2000}"|[^\s,[\]"][^,[\]"]*/g;
const escape = /\\(?:u([\da-fA-F]{4})|[^])|''/g;

/**
 * The captions in the options of an executable code block, each with the place of its characters: Markdown that is
 * written as YAML (`#| fig-cap: "Survival"`) or as R (`{r, fig.cap="Survival"}`).
 *
 * @param block The place of the fenced code in `source`, with its fences.
 */
export function chunkCaptions(source: string, block: Span): Segment[] {
  const builder = new SegmentBuilder(source);
  const found: Segment[] = [];
  const finish = (): void => {
    const segment = builder.flush();
    if (segment) found.push(segment);
  };
  let isCaption = false;
  for (const line of linesOf(source.slice(block.start, block.end))) {
    const start = block.start + line.start;
    const end = block.start + line.end;
    const text = source.slice(start, end);
    if (line.start === 0) {
      if (!header.test(text)) return [];
      for (const value of headerValues(text)) {
        scalar(builder, source, start + value.start, start + value.end);
        finish();
      }
      continue;
    }
    const prefix = optionLine.exec(text)?.[0].length;
    if (prefix === undefined) break;
    const name = option.exec(text.slice(prefix));
    if (name) isCaption = captions.has((name[1] ?? '').toLowerCase().replace(/[.-]/g, ''));
    if (!isCaption) continue;
    if (name) finish();
    valueLine(builder, source, start + prefix + (name?.[0].length ?? 0), end, finish);
  }
  finish();
  return found;
}

/** The places of captions in the header of a chunk, as R strings with their quotes. */
function headerValues(text: string): Span[] {
  const values: Span[] = [];
  for (const match of text.matchAll(headerOption)) {
    if (!captions.has((match[1] ?? '').replace(/[.-]/g, ''))) continue;
    let start = match.index + match[0].length;
    for (let string = stringAt(text, start); string; string = stringAt(text, start)) {
      values.push(string);
      start =
        string.end +
        (/^\s{0,9},\s{0,9}(?=["'])/.exec(text.slice(string.end, string.end + 20))?.[0].length ?? 1);
    }
  }
  return values;
}

function stringAt(text: string, start: number): Span | undefined {
  quoted.lastIndex = start;
  const match = quoted.exec(text);
  return match ? { start, end: start + match[0].length } : undefined;
}

/** Adds one line of a YAML value: a scalar, a list item, a list in brackets, or a line of a longer text. */
function valueLine(
  builder: SegmentBuilder,
  source: string,
  start: number,
  end: number,
  finish: () => void,
): void {
  const text = source.slice(start, end);
  if (/^\s*(?:[|>][-+\d]{0,2}\s*)?$/.test(text)) return;
  const item = /^[ \t]*-[ \t]+/.exec(text)?.[0].length;
  if (item !== undefined) finish();
  const content = item ?? /^[ \t]*/.exec(text)?.[0].length ?? 0;
  if (/^\[.*\]\s*$/.test(text.slice(content))) {
    for (const part of text.matchAll(listPart)) {
      if (part.index < content) continue;
      scalar(builder, source, start + part.index, start + part.index + part[0].trimEnd().length);
      finish();
    }
    return;
  }
  if (builder.length > 0) builder.replace('\n', start - 1, start);
  scalar(builder, source, start + content, start + text.trimEnd().length);
}

/** Adds a scalar without its quotes, with its escapes decoded. */
function scalar(builder: SegmentBuilder, source: string, start: number, end: number): void {
  const string = stringAt(source, start);
  if (string?.end !== end) {
    builder.copy(start, end);
    return;
  }
  let from = start + 1;
  const isSingle = source.charAt(start) === "'";
  for (const match of source.slice(from, end - 1).matchAll(escape)) {
    const at = start + 1 + match.index;
    if (isSingle && match[0] !== "''") continue;
    builder.copy(from, at);
    from = at + match[0].length;
    builder.replace(unescaped(match[0], match[1]), at, from);
  }
  builder.copy(from, end - 1);
}

function unescaped(escaped: string, code: string | undefined): string {
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return /^\\[nt]$/.test(escaped) ? ' ' : escaped.slice(1);
}
