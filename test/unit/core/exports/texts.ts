import * as fc from 'fast-check';
import type { Mention } from '../../../../src/core/exports/mention';
import type { Entity } from '../../../../src/core/types';

const pieces = [
  ' ',
  '  ',
  '\n',
  '\r\n',
  '\t',
  '|',
  '\\',
  '"',
  '\u2028',
  '\u0085',
  'TNF-α',
  'BRCA1',
  '😀',
  '𝛽',
  'é',
  'e\u0301',
  'אבג',
  '漢',
  '.',
  'a|t|b',
  '{"x":1}',
  '\\t',
];

/**
 * Text with everything that is difficult for line-based formats: breaks, separators, astral characters, combining
 * marks.
 */
export const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

/** Non-empty spans in order that start and end at whole characters and have no white space at either end. */
function spansOf(text: string): fc.Arbitrary<readonly { start: number; end: number }[]> {
  const borders = [0];
  for (const character of text) borders.push((borders.at(-1) ?? 0) + character.length);
  const border = fc.constantFrom(...borders);
  return fc.array(fc.tuple(border, border), { maxLength: 6 }).map((pairs) =>
    pairs
      .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
      .filter(({ start, end }) => text.slice(start, end).trim() !== '')
      .filter(({ start, end }) => text.slice(start, end).trim().length === end - start)
      .filter(({ start, end }) => !/^\u0085|\u0085$/.test(text.slice(start, end)))
      .sort((a, b) => a.start - b.start || a.end - b.end),
  );
}

const probability = fc.integer({ min: 0, max: 10_000 }).map((value) => value / 10_000);
const type = fc.constantFrom('Gene', 'Disease', 'Chemical', 'Species');

/** A text and entities in it. */
export const annotated: fc.Arbitrary<{ text: string; entities: readonly Entity[] }> = anyText.chain((text) =>
  spansOf(text).chain((spans) =>
    fc.tuple(...spans.map(() => fc.tuple(type, probability))).map((labels) => ({
      text,
      entities: spans.map((span, index) => ({
        ...span,
        text: text.slice(span.start, span.end),
        name: text.slice(span.start, span.end).replace(/\s+/gu, ' '),
        type: labels[index]?.[0] ?? 'Gene',
        probability: labels[index]?.[1] ?? 1,
      })),
    })),
  ),
);

export function toMention({ start, end, text, type: entityType, probability: p }: Entity): Mention {
  return { start, end, text, type: entityType, probability: p };
}

export function entity(
  text: string,
  mention: string,
  options: { type?: string; from?: number } = {},
): Entity {
  const start = text.indexOf(mention, options.from);
  if (start < 0) throw new Error(`no ${mention} in the text`);
  const name = mention.replace(/\s+/gu, ' ');
  return {
    start,
    end: start + mention.length,
    text: mention,
    name,
    type: options.type ?? 'Gene',
    probability: 0.97314159,
  };
}
