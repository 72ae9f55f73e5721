import { describe, expect, it } from 'vitest';
import { areFinite } from '../../../../src/core/tensors/finite';

describe('areFinite', () => {
  it('is true for finite numbers, however large or small, and for none', () => {
    expect(areFinite(Float32Array.of(3.4e38, -3.4e38, 1e-45, -0, 0))).toBe(true);
    expect(areFinite(new Float32Array())).toBe(true);
  });

  it.each([NaN, Infinity, -Infinity])('is false if one number is %d, wherever it is', (number) => {
    for (let place = 0; place < 3; place += 1) {
      expect(areFinite(new Float32Array(3).fill(number, place, place + 1))).toBe(false);
    }
    expect(areFinite(Float32Array.of(Infinity, -Infinity))).toBe(false);
  });
});
