import type { Span } from '../types';
import type { Segments } from './blocks';
import { proseOfField } from './fieldMarkup';
import { closeElement, localName, openElement } from './markup';
import { symbolCharacter } from './symbolFont';

/** A section, a comment, an element whose content is another form of what stands beside it, or a tag. */
const markup =
  /<!\[CDATA\[(?<characters>[^]*?)(?:\]\]>|$)|<!--[^]*?(?:-->|$)|<(tex-math|annotation|annotation-xml)(?=[\s>])[^]*?(?:<\/\2\s*>|$)|<(?<close>\/?)(?<tag>[a-z][\w:.-]{0,60})(?<attributes>[^<>]{0,2000})>/gi;

/** A `style` element of EndNote. */
interface Style {
  readonly isScript: boolean;
  readonly isSymbol: boolean;
}

/**
 * Reads the content of an element, XML at source `[start, end)`, as prose. EndNote writes the look of text as
 * `<style face="superscript" font="Symbol">`; Europe PMC writes the tags of HTML as text, `&lt;i&gt;`.
 */
export function proseOfXml(segments: Segments, source: string, { start, end }: Span): void {
  const { builder } = segments;
  const styles: Style[] = [];
  let from = start;
  const text = (to: number): void => {
    if (styles.at(-1)?.isSymbol) readSymbols(segments, source, from, to);
    else proseOfField(segments, source, { start: from, end: to });
  };
  for (const match of source.slice(start, end).matchAll(markup)) {
    const at = start + match.index;
    text(at);
    from = at + match[0].length;
    const { characters, close, tag = '', attributes = '' } = match.groups ?? {};
    if (characters !== undefined) builder.prose(at + 9, at + 9 + characters.length);
    const name = localName(tag);
    if (name === 'style')
      readStyle(segments, styles, { isEnd: close === '/', attributes, start: at, end: from });
    else if (name !== '' && close === '/') closeElement(segments, name, from);
    else if (name !== '') openElement(segments, name, at, from);
  }
  text(end);
}

function readStyle(
  segments: Segments,
  styles: Style[],
  { isEnd, attributes, start, end }: Span & { readonly isEnd: boolean; readonly attributes: string },
): void {
  if (isEnd) {
    if (styles.pop()?.isScript) segments.closeScript(end);
    return;
  }
  const script = /face\s*=\s*["'][^"']{0,80}(super|sub)script/i.exec(attributes)?.[1];
  if (script !== undefined) segments.openScript(start, script.toLowerCase() === 'super');
  styles.push({ isScript: script !== undefined, isSymbol: /font\s*=\s*["']Symbol/i.test(attributes) });
}

function readSymbols(segments: Segments, source: string, start: number, end: number): void {
  for (let at = start; at < end; at += 1) {
    if (/[A-Za-z]/.test(source.charAt(at)))
      segments.builder.replace(symbolCharacter(source.charCodeAt(at)), at, at + 1);
    else segments.builder.prose(at, at + 1);
  }
}
