import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../../src/core/entities/calibration';
import { logSoftmax } from '../../../../src/core/tensors/softmax';

describe('calibrate', () => {
  it('does not change a type without calibration', () => {
    expect(calibrate(0.37, undefined)).toBe(0.37);
  });

  it('is the identity at scale 1 and offset 0', () => {
    expect(calibrate(0.37, { scale: 1, offset: 0 })).toBeCloseTo(0.37, 12);
  });

  it('softens with a small scale and shifts with an offset', () => {
    expect(calibrate(0.99, { scale: 0.5, offset: 0 })).toBeCloseTo(
      1 / (1 + Math.exp(-0.5 * Math.log(99))),
      12,
    );
    expect(calibrate(0.5, { scale: 0.5, offset: -1 })).toBeCloseTo(1 / (1 + Math.E), 12);
  });

  it('clips probabilities to a millionth from 0 and 1, as in training', () => {
    expect(calibrate(1, { scale: 1, offset: 0 })).toBeCloseTo(1 - 1e-6, 9);
    expect(calibrate(0, { scale: 1, offset: 0 })).toBeCloseTo(1e-6, 9);
  });
});

describe('logSoftmax', () => {
  it('uses only its columns and accepts large scores', () => {
    const scores = logSoftmax(Float32Array.of(1000, 5, 1000, -1000, 5, -1000), {
      rows: 2,
      width: 3,
      columns: [0, 2],
    });
    for (const score of scores) expect(score).toBeCloseTo(Math.log(0.5), 9);
    expect(scores).toHaveLength(4);
  });

  it('gives a missing column no probability', () => {
    expect([...logSoftmax(Float32Array.of(3), { rows: 1, width: 1, columns: [0, -1] })]).toEqual([
      0,
      -Infinity,
    ]);
  });
});
