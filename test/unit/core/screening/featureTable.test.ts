import { describe, expect, it } from 'vitest';
import { FeatureTable } from '../../../../src/core/screening/featureTable';

describe('FeatureTable', () => {
  it('numbers keys in the order in which it meets them, also beyond 32 bits and after growing', () => {
    const keys = Array.from({ length: 5000 }, (_, index) => (index % 2 === 0 ? index : index * 2 ** 26 + 7));
    const table = new FeatureTable();
    expect(keys.map((key) => table.numberOf(key))).toEqual(keys.map((_, index) => index));
    expect(keys.map((key) => table.numberOf(key))).toEqual(keys.map((_, index) => index));
    expect(table.size).toBe(5000);
  });
});
