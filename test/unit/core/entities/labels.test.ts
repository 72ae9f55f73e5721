import { describe, expect, it } from 'vitest';
import { createDecoder } from '../../../../src/core/entities/entities';
import { guessLabels } from '../../../../src/core/entities/labelGuess';
import { readLabels } from '../../../../src/core/entities/labels';
import { errorCodes } from '../../../../src/core/errors';
import { logitsOf } from './decode';

/** Decodes the most probable label of each word. */
function decode(labels: readonly string[], sequence: readonly string[]) {
  const rows = sequence.map((name) =>
    labels.map((label) => (label === name ? 0.9 : 0.1 / (labels.length - 1))),
  );
  const decoder = createDecoder({ labels, decoding: 'joint', calibration: {} });
  return decoder(logitsOf(rows), rows.length).map(({ type, start, end }) => [type, start, end]);
}

describe('a label list', () => {
  const sequence = ['O', 'B', 'I', 'E', 'S', 'S', 'O', 'B', 'E'];
  const mentions = [
    ['Disease', 1, 4],
    ['Disease', 4, 5],
    ['Disease', 5, 6],
    ['Disease', 7, 9],
  ];

  it.each([
    ['IOBES', ['O', 'B-Disease', 'I-Disease', 'E-Disease', 'S-Disease'], {}],
    ['BILOU', ['B_DISEASE', 'I_DISEASE', 'L_DISEASE', 'U_DISEASE', 'O'], { E: 'L', S: 'U' }],
    ['BMES', ['O', 'B-dis', 'M-dis', 'E-dis', 'S-dis'], { I: 'M' }],
    ['types before parts', ['O', 'Disease-B', 'Disease-I', 'Disease-E', 'Disease-S'], {}],
  ] as const)('gives each entity its boundaries in the scheme %s', (_scheme, labels, letters) => {
    const named = sequence.map((part) => {
      const letter = (letters as Readonly<Record<string, string>>)[part] ?? part;
      return (
        labels.find(
          (label) =>
            label === letter ||
            label.startsWith(`${letter}-`) ||
            label.startsWith(`${letter}_`) ||
            label.endsWith(`-${letter}`),
        ) ?? ''
      );
    });
    expect(decode(labels, named)).toEqual(mentions);
  });

  it('joins adjacent words of one type if its types have no parts', () => {
    const labels = ['O', 'GENE', 'CHEMICAL'];
    expect(decode(labels, ['GENE', 'GENE', 'CHEMICAL', 'O', 'GENE'])).toEqual([
      ['Gene', 0, 2],
      ['Chemical', 2, 3],
      ['Gene', 4, 5],
    ]);
  });

  it('never ends an entity that did not begin', () => {
    const labels = ['O', 'B-Gene', 'I-Gene', 'E-Gene', 'S-Gene'];
    expect(decode(labels, ['O', 'E-Gene', 'O'])).not.toContainEqual(['Gene', 1, 2]);
  });

  it('ignores the special tokens of the original BioBERT tagger', () => {
    const scheme = readLabels(['[PAD]', 'B', 'I', 'O', 'X', '[CLS]', '[SEP]']);
    expect(scheme.types).toEqual(['Entity']);
    expect(scheme.outside).toBe(3);
  });

  it('reads organisms as species', () => {
    expect(readLabels(['O', 'B-OrganismTaxon', 'I-OrganismTaxon', 'B-organism_taxon']).types).toEqual([
      'OrganismTaxon',
      'organism_taxon',
    ]);
    expect(readLabels(['O', 'B-OrganismTaxon', 'I-OrganismTaxon']).types).toEqual(['Species']);
    expect(readLabels(['O', 'B-species', 'B-drug']).types).toEqual(['Species', 'Chemical']);
  });

  it('reads mutations as variants, and cell lines in any spelling', () => {
    expect(readLabels(['O', 'B-SequenceVariant', 'B-cell_line']).types).toEqual(['Variant', 'CellLine']);
    expect(readLabels(['O', 'B-Mutation', 'B-CellLine']).types).toEqual(['Variant', 'CellLine']);
  });

  it('keeps the names of types that would otherwise share one of ours', () => {
    expect(readLabels(['O', 'B-protein', 'B-DNA', 'B-cell_type']).types).toEqual([
      'Gene',
      'DNA',
      'cell_type',
    ]);
    expect(readLabels(['O', 'B-protein', 'B-gene']).types).toEqual(['protein', 'gene']);
  });

  it.each([
    ['without O', ['B-Gene', 'I-Gene']],
    ['without types', ['O', 'X']],
    ['with numbers only', ['LABEL_0', 'LABEL_1']],
    ['if it is empty', []],
  ])('is refused %s', (_what, labels) => {
    expect(() => readLabels(labels)).toThrow(
      expect.objectContaining({ code: errorCodes.MODEL_CONFIG_INVALID }) as Error,
    );
  });
});

describe('a guess at labels', () => {
  it('takes the type from the name of the model, and the order of most training scripts', () => {
    const guess = guessLabels(['LABEL_0', 'LABEL_1', 'LABEL_2'], 'biobert-NCBI-Disease');
    expect([...guess.values()]).toEqual(['O', 'B-Disease', 'I-Disease']);
    expect(readLabels([...guess.values()]).types).toEqual(['Disease']);
  });

  it('keeps several types apart', () => {
    const names = Array.from({ length: 5 }, (_, id) => `LABEL_${id}`);
    const guess = [...guessLabels(names, 'model').values()];
    expect(guess).toEqual(['O', 'B-Entity1', 'I-Entity1', 'B-Entity2', 'I-Entity2']);
  });

  it('names the type of parts without one', () => {
    const guess = guessLabels(['[PAD]', 'B', 'I', 'O', 'X', '[CLS]', '[SEP]'], 'biobert-bc2gm');
    expect([...guess]).toEqual([
      ['B', 'B-Gene'],
      ['I', 'I-Gene'],
    ]);
  });

  it('is empty if the labels have names', () => {
    expect(guessLabels(['O', 'B-Gene'], 'model').size).toBe(0);
  });
});
