/** Writes a picture of a graph as SVG, with its texts as texts. Without side effects. */
import type { Picture, PictureMark } from './graphPicture';
import { short } from './graphShapes';

export function pictureSvg({ words, width, height, font, marks }: Picture): string {
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `role="img" font-family="${xmlText(font)}">`,
    `<title>${xmlText(words.title)}</title>`,
    `<desc>${xmlText(words.description)}</desc>`,
    ...marks.map(markSvg),
    '</svg>\n',
  ].join('\n');
}

function markSvg(mark: PictureMark): string {
  if (mark.kind === 'text') return textSvg(mark);
  const { path, fill = 'none', stroke, width, dash, opacity } = mark;
  return `<path${attributes({
    d: path,
    fill,
    stroke,
    'stroke-width': width === undefined ? undefined : short(width),
    'stroke-linejoin': stroke && 'round',
    'stroke-dasharray': dash?.join(' '),
    opacity: opacity === undefined ? undefined : String(Math.round(opacity * 100) / 100),
  })}/>`;
}

function textSvg({ x, y, text, size, isBold, anchor, colour, halo }: PictureMark & { kind: 'text' }): string {
  return `<text${attributes({
    x: short(x),
    // The middle of small letters lies about a third of the font size above the base line.
    y: short(y + size * 0.35),
    'font-size': String(size),
    'font-weight': isBold ? 'bold' : undefined,
    'text-anchor': anchor === 'middle' ? 'middle' : undefined,
    fill: colour,
    stroke: halo,
    'stroke-width': '3',
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  })}>${xmlText(text)}</text>`;
}

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${xmlText(value)}"`]))
    .join('');
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a text for XML. Characters that XML does not allow become spaces. */
export function xmlText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}
