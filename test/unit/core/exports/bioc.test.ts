import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  biocEnd,
  biocSeparator,
  biocStart,
  readBioc,
  writeBiocDocument,
} from '../../../../src/core/exports/bioc';
import type { PassageDocument } from '../../../../src/core/exports/exportPassages';
import { annotated, entity, toMention } from './texts';

function collection(...documents: readonly PassageDocument[]): string {
  return biocStart('test') + documents.map(writeBiocDocument).join(biocSeparator) + biocEnd;
}

describe('writeBiocDocument', () => {
  it('makes a collection of documents, passages and annotations with offsets over the document in characters', () => {
    const [title, abstract] = ['😀 BRCA1', 'TP53 and TNF'];
    const passages = [
      { text: title, mentions: [entity(title, 'BRCA1')] },
      { text: abstract, mentions: [entity(abstract, 'TNF', { type: 'Gene' })] },
    ];
    expect(JSON.parse(collection({ id: '7', passages }))).toMatchObject({
      source: 'test',
      documents: [
        {
          id: '7',
          passages: [
            {
              offset: 0,
              infons: { type: 'title' },
              text: title,
              annotations: [
                {
                  id: '1',
                  infons: { type: 'Gene', probability: '0.9731' },
                  text: 'BRCA1',
                  locations: [{ offset: 2, length: 5 }],
                },
              ],
            },
            {
              offset: 8,
              infons: { type: 'paragraph' },
              annotations: [{ id: '2', locations: [{ offset: 17, length: 3 }] }],
            },
          ],
        },
      ],
    });
  });

  it('writes a well-formed collection without documents', () => {
    expect(JSON.parse(collection())).toMatchObject({ documents: [] });
  });
});

describe('readBioc', () => {
  it('returns every document and mention that was written, for any text', () => {
    fc.assert(
      fc.property(fc.array(annotated, { minLength: 1, maxLength: 3 }), (parts) => {
        const passages = parts
          .filter(({ text }) => text !== '')
          .map(({ text, entities }) => ({ text, mentions: entities.map(toMention) }));
        const [first, second] = readBioc(collection({ id: 'a', passages }, { id: 'b', passages: [] }));
        const text = passages.map((passage) => passage.text).join('\n');
        let base = 0;
        const mentions = passages.flatMap((passage) => {
          const own = passage.mentions.map((mention) => ({
            ...mention,
            start: mention.start + base,
            end: mention.end + base,
          }));
          base += passage.text.length + 1;
          return own;
        });
        expect(first).toEqual({ id: 'a', text, mentions });
        expect(second).toEqual({ id: 'b', text: '', mentions: [] });
      }),
    );
  });

  it.each(['', '[]', '{"documents":[{"id":1,"passages":[]}]}', '{"documents":{}}'])('refuses %j', (file) => {
    expect(() => readBioc(file)).toThrow(/not a BioC collection/);
  });
});
