import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../src/core/errors';
import { withFiniteOutputs } from '../../../src/runtime/finiteOutputs';
import type { Session } from '../../../src/runtime/sessionTypes';

/** A session that gives these numbers as `logits`. */
function sessionOf(...numbers: readonly number[]): Session {
  const logits = { data: Float32Array.from(numbers), dims: [numbers.length] };
  return {
    runtime: 'onnxruntime-node',
    inputNames: [],
    outputNames: ['logits'],
    run: () => Promise.resolve({ logits } as never),
    release: () => Promise.resolve(),
  };
}

describe('withFiniteOutputs', () => {
  it('passes on finite numbers, however large', async () => {
    const session = withFiniteOutputs(sessionOf(3e38, -3e38, -0, 1e-45), { model: 'tagger' });
    const { logits } = await session.run({}, ['logits']);
    expect(logits.dims).toEqual([4]);
    const empty = withFiniteOutputs(sessionOf(), { model: 'tagger' });
    await expect(empty.run({}, ['logits'])).resolves.toBeDefined();
  });

  it.each([NaN, Infinity, -Infinity, 1e300])('refuses %d and names the model folder', async (number) => {
    for (const numbers of [[number], [1, number, 2], [1, 2, number]]) {
      const session = withFiniteOutputs(sessionOf(...numbers), { model: 'my-tagger' });
      await expect(session.run({}, ['logits'])).rejects.toMatchObject({
        code: errorCodes.MODEL_OUTPUT_INVALID,
        message: expect.stringContaining('my-tagger') as string,
        nextStep: expect.stringContaining('Download or convert it again') as string,
      });
    }
  });

  it('names the server and its model', async () => {
    const session = withFiniteOutputs(sessionOf(NaN), { model: 'tagger', host: 'gpu:8000' });
    await expect(session.run({}, ['logits'])).rejects.toMatchObject({
      code: errorCodes.MODEL_OUTPUT_INVALID,
      message: expect.stringMatching(/gpu:8000.*tagger/u) as string,
    });
  });
});
