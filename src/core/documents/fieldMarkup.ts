import type { Segments } from './blocks';
import { closeElement, localName, openElement } from './markup';
import { emitReference } from './references';

/**
 * Elements of HTML and JATS that titles and abstracts contain in exports. Other text in angle brackets is left alone,
 * because `p<0.05 and n>20` is no tag.
 */
const elements =
  'a|abstract|b|bold|br|div|em|font|h[1-6]|i|inf|it|italic|li|list|list-item|ol|p|para|sc|sec|section|small|span|strong|' +
  'sub|sup|title|tt|u|ul|underline';

const attributes = String.raw`(?:\s{1,9}[\w:-]{1,40}\s{0,9}=\s{0,9}(?:"[^"<>]{0,500}"|'[^'<>]{0,500}')){0,8}`;

/**
 * A tag, also with its brackets written as references, or a character reference, whose ampersand may be written as a
 * reference several times over (`&amp;amp;`).
 */
const markup = new RegExp(
  String.raw`(?:<|&lt;)(?<close>/?)(?<name>(?:jats:)?(?:${elements})|mml:[a-z]{1,20})${attributes}\s{0,9}/?(?:>|&gt;)` +
    String.raw`|&(?:amp;){0,3}(?<reference>#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});`,
  'gi',
);

/**
 * Reads source `[start, end)`, a field of a record that may contain HTML: a script becomes part of its word, a paragraph
 * ends the sentence, and references become their characters.
 *
 * @param prose Reads the text between the markup.
 */
export function proseOfField(
  segments: Segments,
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  prose: (start: number, end: number) => void = (from, to) => {
    segments.builder.prose(from, to);
  },
): void {
  let from = start;
  for (const match of source.slice(start, end).matchAll(markup)) {
    const at = start + match.index;
    if (at > from) prose(from, at);
    from = at + match[0].length;
    const { close, name, reference } = match.groups ?? {};
    if (reference !== undefined) emitReference(segments.builder, reference, at, from);
    else if (name?.startsWith('mml:') === false) tag(segments, elementOf(name), close === '/', at, from);
  }
  if (end > from) prose(from, end);
}

function elementOf(name: string): string {
  const local = localName(name);
  return local === 'inf' ? 'sub' : local;
}

function tag(segments: Segments, name: string, closes: boolean, start: number, end: number): void {
  if (closes) closeElement(segments, name, end);
  else openElement(segments, name, start, end);
}
