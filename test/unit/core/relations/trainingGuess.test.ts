import { describe, expect, it } from 'vitest';
import { guessReading, guessRelationLabels } from '../../../../src/core/relations/trainingGuess';
import { toHeadLogits } from '../../../../src/core/relations/outputs';

describe('guessReading', () => {
  it.each([
    ['biobert_chemprot', { Chemical: '@CHEMICAL$', Gene: '@GENE$' }, [['Chemical', 'Gene']]],
    ['BioBERT-GAD-1', { Gene: '@GENE$', Disease: '@DISEASE$' }, [['Gene', 'Disease']]],
    ['euadr', { Gene: '@GENE$', Disease: '@DISEASE$' }, [['Gene', 'Disease']]],
    ['linkbert-ddi', { Chemical: '@DRUG$' }, [['Chemical', 'Chemical']]],
  ])('recognises %s by its name', (name, mentions, pairs) => {
    expect(guessReading(['model', name])).toEqual({ mentions, pairs });
  });

  it('returns undefined for an unknown name', () => {
    expect(guessReading(['model', ''])).toBeUndefined();
  });

  it.each([
    [['LABEL_0', 'LABEL_1'], 'biobert-gad', ['none', 'associated']],
    [['0', '1'], 'x', ['none', 'associated']],
    [['LABEL_0'], 'x', ['associated']],
    [['false', 'CPR:3', 'CPR:9'], 'x', ['none', 'activator', 'substrate or product']],
    [
      ['LABEL_0', 'LABEL_1', 'LABEL_2', 'LABEL_3', 'LABEL_4', 'LABEL_5'],
      'biobert-chemprot',
      ['activator', 'inhibitor', 'agonist', 'antagonist', 'substrate or product', 'none'],
    ],
    [['LABEL_0', 'LABEL_1', 'LABEL_2'], 'x', ['none', 'label 1', 'label 2']],
    [['DDI-false', 'DDI-effect'], 'x', ['none', 'ddi effect']],
  ])('guesses the meaning of the labels %j of %s', (labels, name, expected) => {
    expect(guessRelationLabels(labels, [name])).toEqual(expected);
  });
});

describe('guessRelationLabels with labels that JavaScript knows', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('keeps %s as a name', (label) => {
    const [, meaning] = guessRelationLabels(['none', label, 'x'], []);
    expect(meaning).toBe(label.toLowerCase().replace(/_+/gu, ' '));
  });
});

describe('toHeadLogits', () => {
  it('gives logits relative to "none" with the same probabilities', () => {
    const logits = [0.5, 2, -1, 1, 0, 0, 0, 3];
    const { data, dims } = toHeadLogits({ data: Float32Array.from(logits), dims: [2, 4] }, [
      undefined,
      'inhibits',
      undefined,
      'causes',
    ]);
    expect(dims).toEqual([2, 2]);
    for (const row of [0, 1]) {
      const own = logits.slice(4 * row, 4 * row + 4).map(Math.exp);
      const total = own.reduce((a, b) => a + b, 0);
      const [inhibits = 0, causes = 0] = [...data.subarray(2 * row)].map(Math.exp);
      expect(inhibits / (1 + inhibits + causes)).toBeCloseTo((own[1] ?? 0) / total, 5);
      expect(causes / (1 + inhibits + causes)).toBeCloseTo((own[3] ?? 0) / total, 5);
    }
  });

  it('pools outputs with the same label', () => {
    const { data } = toHeadLogits({ data: Float32Array.of(0, 1, 1), dims: [1, 3] }, [undefined, 'a', 'a']);
    expect(data[0]).toBeCloseTo(1 + Math.log(2), 5);
  });

  it('does not change a single output', () => {
    const { data, dims } = toHeadLogits({ data: Float32Array.of(-2, 3), dims: [2, 1] }, ['a']);
    expect([[...data], dims]).toEqual([
      [-2, 3],
      [2, 1],
    ]);
  });
});
