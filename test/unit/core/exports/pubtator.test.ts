import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toOneLine } from '../../../../src/core/exports/mention';
import type { PassageDocument } from '../../../../src/core/exports/exportPassages';
import { readPubtator, writePubtator } from '../../../../src/core/exports/pubtator';
import { annotated, entity, toMention } from './texts';

describe('writePubtator', () => {
  const title = 'Role of BRCA1 in 😀 cancer';
  const abstract = 'BRCA1 matters.\nSo does TP53.';

  it('writes title, abstract and mentions with offsets over both, in characters', () => {
    const document: PassageDocument = {
      id: '123',
      passages: [
        { text: title, mentions: [entity(title, 'BRCA1')] },
        { text: abstract, mentions: [entity(abstract, 'TP53')] },
      ],
    };
    expect(writePubtator(document)).toBe(
      '123|t|Role of BRCA1 in 😀 cancer\n' +
        '123|a|BRCA1 matters. So does TP53.\n' +
        '123\t8\t13\tBRCA1\tGene\t-\n' +
        '123\t49\t53\tTP53\tGene\t-\n\n',
    );
  });

  it('gives a document of one passage an empty abstract, and an id that the format can hold', () => {
    expect(writePubtator({ id: 'a b|c', passages: [{ text: 'x', mentions: [] }] })).toBe(
      'a_b_c|t|x\na_b_c|a|\n\n',
    );
  });
});

describe('readPubtator', () => {
  it('returns what was written, for any text, with line breaks replaced by spaces', () => {
    fc.assert(
      fc.property(fc.array(annotated, { minLength: 1, maxLength: 3 }), (parts) => {
        const passages = parts.map(({ text, entities }) => ({ text, mentions: entities.map(toMention) }));
        const [document] = readPubtator(writePubtator({ id: 'p1', passages }));
        const whole = toOneLine(passages.map(({ text }) => text).join(' '));
        expect(document?.text.trimEnd()).toBe(whole.trimEnd());
        let base = 0;
        const expected = passages.flatMap(({ text, mentions }) => {
          const own = mentions.map(({ start, end, type }) => ({
            start: start + base,
            end: end + base,
            type,
          }));
          base += text.length + 1;
          return own;
        });
        expect(document?.mentions.map(({ start, end, type }) => ({ start, end, type }))).toEqual(expected);
        for (const { start, end, text } of document?.mentions ?? [])
          expect(whole.slice(start, end)).toBe(text);
      }),
    );
  });

  it('reads several documents, CRLF and a byte order mark, and ignores relations', () => {
    const file =
      '\uFEFF1|t|A b\r\n1|a|C d\r\n1\t0\t1\tA\tGene\t675\r\n1\tCID\tD1\tD2\r\n\r\n2|t|E\r\n2|a|\r\n2\t0\t1\tE\tDisease\tD3\r\n';
    const documents = readPubtator(file);
    expect(documents.map(({ id, text, titleLength }) => ({ id, text, titleLength }))).toEqual([
      { id: '1', text: 'A b C d', titleLength: 3 },
      { id: '2', text: 'E ', titleLength: 1 },
    ]);
    expect(documents[0]?.mentions).toEqual([{ start: 0, end: 1, text: 'A', type: 'Gene' }]);
  });

  it('refuses files in other formats', () => {
    expect(() => readPubtator('Once upon a time.\n')).toThrow(/neither text nor annotation/);
  });
});
