import { describe, expect, it } from 'vitest';
import { ownValue } from '../../../src/core/ownValue';

describe('ownValue', () => {
  it('gives the value of a key, also of one that every object seems to have', () => {
    const record = JSON.parse('{"Gene": 1, "__proto__": 2}') as Record<string, number>;
    expect(ownValue(record, 'Gene')).toBe(1);
    expect(ownValue(record, '__proto__')).toBe(2);
  });

  it.each(['__proto__', 'constructor', 'toString', 'Disease'])(
    'gives nothing for %s in a record without it',
    (key) => {
      expect(ownValue({ Gene: 1 }, key)).toBeUndefined();
    },
  );
});
