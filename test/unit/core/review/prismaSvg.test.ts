import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { PrismaCounts } from '../../../../src/core/review/prisma';
import { prismaSvg } from '../../../../src/core/review/prismaSvg';
import { textWidth } from '../../../../src/core/review/wrappedText';
import { column, crowded, hostile, oneColumn, twoColumns, words } from './prismaExamples';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** The elements of a drawing, read by an XML parser. */
function elementsOf(svg: string): readonly Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    elements.push({ name, attributes, text: '' });
  });
  parser.on('text', (text) => {
    const last = elements.at(-1);
    if (last) last.text += text;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(svg).close();
  return elements;
}

const numbers = ({ attributes }: Element, ...names: readonly string[]): number[] =>
  names.map((name) => Number(attributes[name]));

/** The white boxes with text; the first white rectangle is the ground. */
function boxesIn(elements: readonly Element[]): readonly Element[] {
  return elements
    .filter(({ name, attributes }) => name === 'rect' && attributes['fill'] === '#ffffff')
    .slice(1);
}

const examples: [string, PrismaCounts][] = [
  ['one column', oneColumn],
  ['two columns', twoColumns],
  ['many long reasons', crowded],
  ['all boxes', { ...twoColumns, others: column }],
  ['no full texts', { ...twoColumns, hasFullTexts: false }],
];

describe.each(examples)('prismaSvg with %s', (_, counts) => {
  const elements = elementsOf(prismaSvg(counts, words));
  const boxes = boxesIn(elements);

  it('draws each text inside a box, and no two boxes on each other', () => {
    const texts = elements.filter(
      (each) => each.name === 'text' && each.attributes['text-anchor'] === undefined,
    );
    expect(texts.length).toBeGreaterThan(boxes.length - 1);
    for (const text of texts) {
      const [left = 0, baseline = 0] = numbers(text, 'x', 'y');
      const right = left + textWidth(text.text) * 12;
      const around = boxes.filter((box) => {
        const [x = 0, y = 0, width = 0, height = 0] = numbers(box, 'x', 'y', 'width', 'height');
        return left >= x && right <= x + width && baseline - 12 >= y && baseline + 3 <= y + height;
      });
      expect(around, text.text).toHaveLength(1);
    }
  });

  it('draws every box inside of the picture', () => {
    const [picture] = elements;
    const [width = 0, height = 0] = picture ? numbers(picture, 'width', 'height') : [];
    for (const box of boxes) {
      const [x = 0, y = 0, boxWidth = 0, boxHeight = 0] = numbers(box, 'x', 'y', 'width', 'height');
      expect(Math.min(x, y)).toBeGreaterThan(0);
      expect(x + boxWidth).toBeLessThan(width);
      expect(y + boxHeight).toBeLessThan(height);
    }
  });
});

describe('prismaSvg', () => {
  it('writes texts of documents as text', () => {
    const reasons = [{ name: `${hostile}\u0000\u0007\ud800`, count: 8 }];
    const svg = prismaSvg({ ...oneColumn, databases: { ...column, reasons } }, words);
    expect(elementsOf(svg).map(({ name }) => name)).not.toContain('script');
    const text = elementsOf(svg).map((each) => each.text);
    expect(text.join(' ').replace(/\s+/g, ' ')).toContain(hostile);
  });

  it('draws an arrow for each step, and from other methods to the studies', () => {
    const arrows = elementsOf(prismaSvg(twoColumns, words)).filter((each) => each.attributes['marker-end']);
    expect(arrows).toHaveLength(13);
    expect(arrows.at(-1)?.attributes['d']).toMatch(/^M[\d.]+ [\d.]+V[\d.]+H[\d.]+$/);
  });
});
