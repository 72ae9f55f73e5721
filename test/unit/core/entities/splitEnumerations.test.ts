import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitEnumerations } from '../../../../src/core/entities/splitEnumerations';

/** The tags of a text in which tags are marked: `«IL-2» rose`. */
function read(marked: string, type = 'Gene') {
  const spans = [...marked.matchAll(/«([^«»]+)»/gu)].map(({ index, 1: name = '' }) => {
    const start = marked.slice(0, index).replace(/[«»]/gu, '').length;
    return { start, end: start + name.length, type, probability: 0.9 };
  });
  return { text: marked.replace(/[«»]/gu, ''), spans };
}

function split(marked: string, type = 'Gene'): string[] {
  const { text, spans } = read(marked, type);
  return splitEnumerations(spans, text).map(({ start, end, name, isInferred }) => {
    const characters = text.slice(start, end);
    return `${characters}${name === undefined || name === characters ? '' : `=${name}`}${isInferred ? '?' : ''}`;
  });
}

describe('splitEnumerations', () => {
  it.each([
    ['Gene', 'The cytokines «IL-2, -4 and -10» and «CCL2» rose.', ['IL-2', '-4=IL-4', '-10=IL-10', 'CCL2']],
    [
      'Gene',
      'The genes «HLA-DPA1», -«DPB1» and «-DQA2» rose.',
      ['HLA-DPA1', '-DPB1=HLA-DPB1', '-DQA2=HLA-DQA2'],
    ],
    ['Gene', 'The cytokines «IL-2», -4 and -10 rose.', ['IL-2', '-4=IL-4?', '-10=IL-10?']],
    ['Gene', '«MMP-1»/-13 and «TGF-β2» and -β3 fell.', ['MMP-1', '-13=MMP-13?', 'TGF-β2', '-β3=TGF-β3?']],
    [
      'Chemical',
      '«Vitamins B2», B3 and «B9» fell.',
      ['Vitamins B2=Vitamin B2', 'B3=Vitamin B3?', 'B9=Vitamin B9'],
    ],
    ['Disease', 'Breast or «lung and colon cancers» were', ['lung=lung cancer', 'colon cancers']],
  ] as const)('reads the %s in %j', (type, marked, tags) => {
    expect(split(marked, type)).toEqual(tags);
  });

  it.each([
    ['«IL-2», -20 °C and -5% were', ['IL-2']],
    ['«IL-2», «CCL3» and «CCL4» rose', ['IL-2', 'CCL3', 'CCL4']],
    ['«IL-2» and -DAB stain', ['IL-2']],
    ['«NOD1», 2 and 4 days later', ['NOD1']],
    ['«vitamin B2», B3 cells', ['vitamin B2']],
  ] as const)('adds nothing to the tags of %j', (marked, tags) => {
    expect(split(marked)).toEqual(tags);
  });

  it('keeps tags of other types apart', () => {
    const { text, spans } = read('«IL-2», -«4» rose');
    const mixed = spans.map((span, i) => (i === 0 ? span : { ...span, type: 'Chemical' }));
    expect(splitEnumerations(mixed, text)).toEqual(mixed);
  });

  it('gives sorted tags inside the text, without overlaps, for any text', () => {
    const piece = fc.constantFrom(
      'IL-2',
      '-4',
      'B3',
      ', ',
      ' and ',
      '/',
      '«',
      '»',
      'vitamins B2',
      'α',
      '3',
      ' cancer',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { text, spans } = read(pieces.join(''));
        let last = 0;
        for (const { start, end } of splitEnumerations(spans, text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
