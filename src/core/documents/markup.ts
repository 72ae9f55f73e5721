import type { Segments } from './blocks';
import { proseWithReferences } from './references';

/** Elements of HTML and JATS that may be part of a sentence; every other element ends the sentence. */
const inline = new Set(
  (
    'a abbr abbrev acronym alt b bdi bdo big bold chemical-struct-wrap cite data del dfn em ext-link fixed-case font i ' +
    'ins italic kbd label mark milestone-end milestone-start monospace named-content overline q roman ruby s samp ' +
    'sans-serif sc small span strike strong styled-content sub sup target time tt u underline uri var wbr xref ' +
    'inline-supplementary-material related-article related-object'
  ).split(' '),
);

/** The local name of an element in lower case: `italic` for `jats:italic`, `i` for `I`. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

export function isInline(name: string): boolean {
  return inline.has(name);
}

/** Called for the start tag of an element at `[start, end)`. */
export function openElement(segments: Segments, name: string, start: number, end: number): void {
  if (name === 'sub' || name === 'sup') segments.openScript(start, name === 'sup');
  else if (name === 'br' || name === 'break') segments.builder.space(start, end);
  else if (!inline.has(name)) segments.break();
}

/** Called for the end tag of an element; the tag ends before `end`. */
export function closeElement(segments: Segments, name: string, end: number): void {
  if (name === 'sub' || name === 'sup') segments.closeScript(end);
  else if (name !== 'br' && name !== 'break' && !inline.has(name)) segments.break();
}

const tags =
  /<!--[^]*?(?:-->|$)|<(script|style|pre|code|svg|math)(?=[\s>])[^]*?(?:<\/\1\s*>|$)|<(\/?)([a-z][\w:-]*)(?:\s[^<>]*)?>/gi;

/** Reads source `[start, end)` leniently as HTML: text is prose; comments, scripts and code are not. */
export function proseOfHtml(segments: Segments, source: string, start: number, end: number): void {
  let from = start;
  for (const match of source.slice(start, end).matchAll(tags)) {
    const at = start + match.index;
    proseWithReferences(segments.builder, source, from, at);
    from = at + match[0].length;
    const name = localName(match[3] ?? '');
    if (name === '') continue;
    if (match[2] === '/') closeElement(segments, name, from);
    else openElement(segments, name, at, from);
  }
  proseWithReferences(segments.builder, source, from, end);
}
