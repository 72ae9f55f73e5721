import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { toDocument } from '../../../../src/core/documents/place';
import { splitPassages, maxPassageCharacters } from '../../../../src/core/questions/splitPassages';

const sentence = (i: number) => `Sentence number ${i} tells of BRCA1 and of breast cancer in some patients.`;
const prose = (count: number) => Array.from({ length: count }, (_, i) => sentence(i)).join(' ');

describe('passages', () => {
  it('contain consecutive sentences up to the limit, with about the same length', () => {
    const text = prose(40);
    const passages = splitPassages(parseDocument(text, 'plain').segments);
    expect(passages.length).toBe(Math.ceil(text.length / maxPassageCharacters));
    for (const passage of passages) {
      expect(passage.text.length).toBeLessThanOrEqual(maxPassageCharacters);
      expect(passage.text.length).toBeGreaterThan(maxPassageCharacters / 2);
      expect(text.slice(passage.start, passage.end)).toBe(passage.text);
      for (const { start, end } of passage.sentences)
        expect(passage.text.slice(start, end)).toMatch(/^Sentence number .* patients\.$/);
    }
    expect(passages.flatMap(({ sentences }) => sentences)).toHaveLength(40);
  });

  it('map their text to the document, with markup in between', () => {
    const text = 'The *BRCA1* gene.\n\nLoss of TNF-$\\alpha$ in **mice**. It was lethal.';
    const passages = splitPassages(parseDocument(text, 'markdown').segments, 30);
    const found = passages.map((passage) => passage.text);
    expect(found.join('|')).toContain('TNF-α in mice');
    const passage = passages.find((each) => each.text.includes('mice'));
    const at = passage?.text.indexOf('TNF') ?? -1;
    const place = passage && toDocument(passage, at, at + 5);
    expect(place && text.slice(place.start, place.end)).toBe('TNF-$\\alpha$');
    const later = passages.find((each) => each.text.includes('lethal'));
    const word = later?.text.indexOf('lethal') ?? -1;
    const wordPlace = later && toDocument(later, word, word + 6);
    expect(wordPlace && text.slice(wordPlace.start, wordPlace.end)).toBe('lethal');
  });

  it('split a sentence that never ends', () => {
    const passages = splitPassages(parseDocument('word '.repeat(20_000), 'plain').segments);
    expect(passages.length).toBeGreaterThan(1);
    for (const { text } of passages) expect(text.length).toBeLessThanOrEqual(maxPassageCharacters);
    const whole = splitPassages(parseDocument('x'.repeat(5000), 'plain').segments);
    expect(whole.map(({ text }) => text).join('')).toBe('x'.repeat(5000));
  });

  it('are missing if there is no prose', () => {
    expect(splitPassages(parseDocument('', 'plain').segments)).toEqual([]);
    expect(splitPassages(parseDocument('--- *** ...\n\n???', 'plain').segments)).toEqual([]);
  });

  it('cover any text without splitting a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { segments } = parseDocument(text, 'plain');
        const passages = splitPassages(segments, 40);
        for (const { text: own, sentences, start, end } of passages) {
          expect(start).toBeLessThanOrEqual(end);
          expect(own.length).toBeLessThanOrEqual(40);
          expect(sentences.at(-1)?.end).toBe(own.length);
        }
        const kept = passages.reduce((sum, passage) => sum + (passage.text.match(/\p{L}/gu)?.length ?? 0), 0);
        const all = segments.reduce((sum, segment) => sum + (segment.text.match(/\p{L}/gu)?.length ?? 0), 0);
        expect(kept).toBe(all);
      }),
      { numRuns: 50 },
    );
  });
});
