import type { Span } from '../types';
import { Segments, type BlockParser, type Cut } from './blocks';
import { readLatexField } from './latex';
import { addressMasks } from './masks';
import { SegmentBuilder } from './segmentBuilder';

/** Fields that contain prose; others contain names, numbers, journals or keys. */
const proseFields = new Set(
  `title subtitle titleaddon abstract keywords keyword note annote annotation comment description
   summary addendum`
    .trim()
    .split(/\s+/),
);
const listFields = new Set(['keywords', 'keyword']);

/**
 * An entry must begin with `@` at the start of a line, so that a missing brace in one entry does not affect the next.
 */
const entry = /^[ \t]*@[ \t]*([a-zA-Z]+)[ \t]*[{(]/gm;

/**
 * Parser for BibTeX and BibLaTeX. It has its own scanner because the known BibTeX parsers give at best the position of
 * an entry, never those of the characters in a field, and reject a file with one broken entry.
 */
export const bibtex: BlockParser = {
  cut(text) {
    const starts = [...text.matchAll(entry)].map((match) => ({
      start: match.index,
      kind: (match[1] ?? '').toLowerCase(),
    }));
    return starts.flatMap(({ start, kind }, index): Cut[] => {
      const end = starts[index + 1]?.start ?? text.length;
      return /^(?:comment|string|preamble)$/.test(kind) ? [] : [{ start, end, context: '' }];
    });
  },

  parse(source) {
    const segments = new Segments(new SegmentBuilder(source, addressMasks(source)));
    for (const { name, value } of fieldsOf(source)) {
      if (!proseFields.has(name)) continue;
      if (listFields.has(name)) readList(segments, source, value);
      else readLatexField(segments, source, value.start, value.end);
      segments.break();
    }
    return segments.finish();
  },
};

interface Field {
  readonly name: string;
  /** The value without its delimiters. */
  readonly value: Span;
}

/**
 * The fields of an entry: `name = {value}` and `name = "value"`. A value that is joined from parts with `#` gives one
 * field per part.
 */
function* fieldsOf(source: string): Generator<Field> {
  const next = /([a-zA-Z][\w:+-]{0,60})\s{0,40}=\s{0,40}|#\s{0,40}(?=[{"])|[{"]/g;
  next.lastIndex = source.search(/[{(]/) + 1;
  let name = '';
  for (let match = next.exec(source); match; match = next.exec(source)) {
    if (match[1] !== undefined) name = match[1].toLowerCase();
    const at = /^[{"]/.test(match[0]) ? match.index : next.lastIndex;
    const opening = source.charAt(at);
    if (opening !== '{' && opening !== '"') continue;
    const end = endOfValue(source, at);
    if (name !== '') yield { name, value: { start: at + 1, end } };
    next.lastIndex = end + 1;
  }
}

/**
 * The offset at which the value that begins at `at` is closed: the matching brace, or the next quote outside of
 * braces.
 */
function endOfValue(source: string, at: number): number {
  const quoted = source.charAt(at) === '"';
  let depth = quoted ? 0 : 1;
  for (let index = at + 1; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === '\\') index += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (quoted ? character === '"' && depth <= 0 : depth === 0) return index;
  }
  return source.length;
}

function readList(segments: Segments, source: string, value: Span): void {
  for (const item of source.slice(value.start, value.end).matchAll(/[^,;]+/g)) {
    const start = value.start + item.index;
    readLatexField(segments, source, start, start + item[0].length);
    segments.break();
  }
}
