import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillRow, planRows, WordLogits } from '../../../../src/core/tensors/rows';
import { createTokenizer } from '../../../../src/core/tokens/encode';
import { vocabulary } from '../tokens/vocabularies';

const tokenizer = createTokenizer(vocabulary, { lowercase: true, spaceChineseCharacters: true });

describe('planRows', () => {
  it('packs consecutive sentences until the row is full', () => {
    const rows = planRows([4, 3, 0, 2, 8], 10);
    expect(rows.map(({ parts }) => parts.map(({ sentence, at }) => [sentence, at]))).toEqual([
      [
        [0, 1],
        [1, 5],
      ],
      [[3, 1]],
      [[4, 1]],
    ]);
    expect(rows.map(({ length }) => length)).toEqual([9, 4, 10]);
  });

  it('splits a long sentence into overlapping windows, the last of which ends with it', () => {
    const windows = planRows([20], 10).flatMap(({ parts }) => parts.map(({ from, to }) => [from, to]));
    expect(windows).toEqual([
      [0, 8],
      [6, 14],
      [12, 20],
    ]);
  });

  it('covers all tokens, for any lengths', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 3, max: 30 }), (pieceCounts, maxTokens) => {
        const seen = pieceCounts.map(() => new Set<number>());
        for (const { length, parts } of planRows(pieceCounts, maxTokens)) {
          expect(length).toBeLessThanOrEqual(maxTokens);
          for (const { sentence, from, to } of parts)
            for (let i = from; i < to; i += 1) seen[sentence]?.add(i);
        }
        expect(seen.map(({ size }) => size)).toEqual(pieceCounts);
      }),
    );
  });
});

describe('fillRow', () => {
  it('gives every token the shape of its word, including special tokens and parts of windows', () => {
    const encoding = tokenizer.encode('The BRCA1 gene');
    const shapes = (maxTokens: number) =>
      planRows([encoding.ids.length], maxTokens).map((row) => [
        ...fillRow(row, [encoding], { vocabulary, tokenTypes: 'shape' }).types,
      ]);
    expect(shapes(20)).toEqual([[0, 1, 2, 2, 2, 0, 0]]);
    expect(shapes(5)).toEqual([
      [0, 1, 2, 2, 0],
      [0, 2, 2, 0, 0],
    ]);
  });

  it('gives zeros to a model that does not use shapes', () => {
    const encoding = tokenizer.encode('The BRCA1 gene');
    const [row] = planRows([encoding.ids.length], 20);
    const filled = row && fillRow(row, [encoding], { vocabulary, tokenTypes: 'none' });
    expect(filled?.types).toEqual(new Uint8Array(7));
    expect([...(filled?.ids ?? [])]).toEqual([
      vocabulary.classifyId,
      ...encoding.ids,
      vocabulary.separatorId,
    ]);
  });
});

describe('WordLogits', () => {
  it('takes each word from the window in which it is farthest from a boundary', () => {
    const encoding = tokenizer.encode(Array.from({ length: 20 }, () => 'gene').join(' '));
    const words = new WordLogits(encoding, 1);
    for (const [number, { length, parts }] of planRows([20], 10).entries()) {
      const logits = { data: new Float32Array(length).fill(number), dims: [1, length, 1] as const };
      for (const part of parts) words.add(part, logits, 0);
    }
    // Windows [0, 8), [6, 14), [12, 20): in each overlap of two words the first belongs to the earlier window.
    expect([...words.values]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]);
  });

  it('reads the first token of each word, at the offset of the part in its row', () => {
    const first = tokenizer.encode('gene');
    const second = tokenizer.encode('BRCA1 x');
    const [row] = planRows([first.ids.length, second.ids.length], 20);
    const part = row?.parts[1];
    const words = new WordLogits(second, 2);
    const data = Float32Array.from({ length: 2 * 7 * 2 }, (_, i) => i);
    if (part) words.add(part, { data, dims: [2, 7, 2] }, 1);
    expect([...words.values]).toEqual([18, 19, 24, 25]);
  });
});
