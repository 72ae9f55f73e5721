import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bratText, readBrat, writeBrat, writeBratConfiguration } from '../../../../src/core/exports/brat';
import { annotated, entity, toMention } from './texts';

describe('writeBrat', () => {
  it('writes a text-bound annotation and its probability as a note', () => {
    const text = 'Loss of BRCA1 is common.';
    expect(writeBrat(text, [entity(text, 'BRCA1')])).toBe(
      'T1\tGene 8 13\tBRCA1\n#1\tAnnotatorNotes T1\tprobability 0.9731\n',
    );
  });

  it('counts an emoji as one character', () => {
    const text = '😀😀 BRCA1';
    expect(writeBrat(text, [toMention(entity(text, 'BRCA1'))])).toContain('T1\tGene 3 8\tBRCA1\n');
  });

  it.each([
    ['\n', 'breast\ncancer', '0 6;7 13'],
    ['CRLF', 'breast\r\ncancer', '0 6;7 13'],
    ['an indented break', 'breast \n   cancer', '0 6;11 17'],
    ['a tab', 'breast\tcancer', '0 6;7 13'],
    ['a line separator', 'breast\u2028cancer', '0 6;7 13'],
  ])('splits a mention at %s', (_, text, places) => {
    const { start, end, type } = entity(text, text, { type: 'Disease' });
    expect(writeBrat(text, [{ start, end, type, text }])).toBe(`T1\tDisease ${places}\tbreast cancer\n`);
  });

  it('numbers annotations from 1 and makes a type name that the format allows', () => {
    const text = 'a b';
    const mentions = [
      { start: 0, end: 1, text: 'a', type: 'Cell line' },
      { start: 2, end: 3, text: 'b', type: 'Gene' },
    ];
    expect(writeBrat(text, mentions)).toBe('T1\tCell_line 0 1\ta\nT2\tGene 2 3\tb\n');
  });
});

describe('readBrat', () => {
  it('returns every mention that was written, for any text', () => {
    fc.assert(
      fc.property(annotated, ({ text, entities }) => {
        expect(readBrat('a', text, writeBrat(text, entities))).toEqual({
          id: 'a',
          text,
          mentions: entities.map(toMention),
        });
      }),
    );
  });

  it('ignores events, relations, attributes and other notes', () => {
    const file =
      'T1\tGene 0 5\tBRCA1\nE1\tLoss:T1 Theme:T1\nR1\tRel Arg1:T1 Arg2:T1\nA1\tNegation E1\n#1\tAnnotatorNotes T1\tcheck this\n*\tEquiv T1 T1\n';
    expect(readBrat('a', 'BRCA1', file).mentions).toEqual([
      { start: 0, end: 5, text: 'BRCA1', type: 'Gene' },
    ]);
  });

  it('refuses a text that ends before an offset', () => {
    expect(() => readBrat('a', 'BRCA', 'T1\tGene 0 5\tBRCA1\n')).toThrow(/ends at 5, behind the end/);
  });
});

describe('writeBratConfiguration', () => {
  it('lists the types in the sections that brat requires', () => {
    expect(writeBratConfiguration(['Gene', 'Disease'])).toBe(
      '[entities]\nGene\nDisease\n\n[relations]\n\n[events]\n\n[attributes]\n',
    );
  });
});

describe('the text file of brat', () => {
  const document = 'Zinc\r\nhelps.\rIron\r\n\r\ndeficiency\nheals 😀 iron.\r\n';

  it('has line feeds only, and offsets count them as one character', () => {
    expect(bratText(document)).toBe('Zinc\nhelps.\nIron\n\ndeficiency\nheals 😀 iron.\n');
    const points = Array.from(bratText(document));
    const mentions = ['Zinc', 'Iron\r\n\r\ndeficiency', 'iron'].map((name) =>
      entity(document, name, { type: 'Chemical' }),
    );
    const places = [...writeBrat(document, mentions).matchAll(/^T\d+\tChemical ([\d ;]+)\t/gmu)].map(
      ([, place = '']) =>
        place.split(';').map((fragment) => points.slice(...fragment.split(' ').map(Number)).join('')),
    );
    expect(places).toEqual([['Zinc'], ['Iron', 'deficiency'], ['iron']]);
  });

  it('can be read back for the document with its own line ends', () => {
    const mentions = ['Zinc', 'Iron\r\n\r\ndeficiency', 'iron'].map((name) =>
      entity(document, name, { type: 'Chemical' }),
    );
    const read = readBrat('a', document, writeBrat(document, mentions));
    expect(read.mentions.map(({ text }) => text)).toEqual(mentions.map(({ text }) => text));
  });
});
