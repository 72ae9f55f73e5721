import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillBatch, planBatches } from '../../../../src/core/tensors/batch';

const padding = (batches: readonly (readonly number[])[], lengths: readonly number[]) =>
  batches.reduce((sum, batch) => {
    const own = batch.map((index) => lengths[index] ?? 0);
    return sum + Math.max(...own) * own.length - own.reduce((a, b) => a + b, 0);
  }, 0);

describe('planBatches', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 512 }), { maxLength: 60 });

  it('puts every row into exactly one batch within the limit', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 2048 }), (rows, maxTokensPerBatch) => {
        const batches = planBatches(rows, { maxTokensPerBatch });
        expect(batches.flat().sort((a, b) => a - b)).toEqual(rows.map((_, index) => index));
        for (const batch of batches) {
          const longest = Math.max(...batch.map((index) => rows[index] ?? 0));
          if (batch.length > 1) expect(longest * batch.length).toBeLessThanOrEqual(maxTokensPerBatch);
        }
      }),
    );
  });

  it('costs no more than one batch for all rows, or one batch per row', () => {
    fc.assert(
      fc.property(lengths, (rows) => {
        const cost = (batches: number[][]) => padding(batches, rows) + 16 * batches.length;
        const best = cost(planBatches(rows, { maxTokensPerBatch: 1e6 }));
        const all = rows.map((_, index) => index);
        if (all.length > 0) expect(best).toBeLessThanOrEqual(cost([all]));
        expect(best).toBeLessThanOrEqual(cost(all.map((index) => [index])));
      }),
    );
  });

  it('separates long rows from short ones', () => {
    expect(planBatches([10, 200, 11, 190, 10], { maxTokensPerBatch: 1024 })).toEqual([
      [0, 4, 2],
      [3, 1],
    ]);
  });

  it('pads sentences of usual lengths by less than a tenth', () => {
    const usual = Array.from({ length: 192 }, (_, i) => 10 + ((i * 37) % 50));
    const total = usual.reduce((a, b) => a + b, 0);
    expect(padding(planBatches(usual, { maxTokensPerBatch: 1024 }), usual) / total).toBeLessThan(0.1);
  });

  it('plans no batches for no rows', () => {
    expect(planBatches([], { maxTokensPerBatch: 100 })).toEqual([]);
  });
});

describe('fillBatch', () => {
  it('pads shorter rows at their end and masks the padding', () => {
    const batch = fillBatch(
      [
        { ids: Int32Array.of(101, 7, 102), types: Uint8Array.of(0, 2, 0) },
        { ids: Int32Array.of(101, 102), types: Uint8Array.of(0, 0) },
      ],
      9,
    );
    expect(batch).toEqual({
      size: 2,
      length: 3,
      inputIds: BigInt64Array.of(101n, 7n, 102n, 101n, 102n, 9n),
      attentionMask: BigInt64Array.of(1n, 1n, 1n, 1n, 1n, 0n),
      tokenTypeIds: BigInt64Array.of(0n, 2n, 0n, 0n, 0n, 0n),
    });
  });

  it('refuses an empty batch', () => {
    expect(() => fillBatch([], 0)).toThrow(RangeError);
  });
});
