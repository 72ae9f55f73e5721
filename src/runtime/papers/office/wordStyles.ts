import { readXml } from './xml';

/** The properties that a paragraph style of Word gives to its paragraphs. */
export interface WordStyle {
  /** Depth of a heading: 1 for the title. Undefined: no heading. */
  readonly level?: number | undefined;
  /** Entries of a table of contents repeat the headings. */
  readonly isContents: boolean;
}

interface RawStyle {
  name: string;
  basedOn?: string;
  outline?: number;
}

/** The styles of a document by their ids. @param xml The part `styles.xml`. */
export function readStyles(xml: string): ReadonlyMap<string, WordStyle> {
  const styles = new Map<string, RawStyle>();
  let open: RawStyle | undefined;
  readXml(xml, {
    open({ name, attributes }) {
      if (name === 'style' && attributes['type'] === 'paragraph') {
        open = { name: '' };
        styles.set(attributes['styleId'] ?? '', open);
      } else if (!open) return;
      else if (name === 'name') open.name = (attributes['val'] ?? '').toLowerCase();
      else if (name === 'basedOn' && attributes['val'] !== undefined) open.basedOn = attributes['val'];
      else if (name === 'outlineLvl') open.outline = Number(attributes['val']);
    },
    close(name) {
      if (name === 'style') open = undefined;
    },
    text: () => undefined,
  });
  return new Map([...styles.keys()].map((id) => [id, styleOf(id, styles)]));
}

/** Follows the chain of styles that a style is based on. */
function styleOf(id: string, styles: ReadonlyMap<string, RawStyle>): WordStyle {
  let style = styles.get(id);
  const isContents = /^toc \d/.test(style?.name ?? '');
  for (let steps = 0; style && steps < 20; steps += 1) {
    if (style.name === 'title') return { level: 1, isContents };
    const heading = /^heading (\d)$/.exec(style.name)?.[1];
    if (heading !== undefined) return { level: outlineLevel(Number(heading) - 1), isContents };
    if (style.outline !== undefined && style.outline < 9)
      return { level: outlineLevel(style.outline), isContents };
    style = styles.get(style.basedOn ?? '');
  }
  return { isContents };
}

/** The depth of a heading by the outline level of Word, which counts from 0 below the title. */
export function outlineLevel(outline: number): number | undefined {
  return outline >= 0 && outline < 9 ? Math.min(6, outline + 2) : undefined;
}
