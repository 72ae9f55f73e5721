import { describe, expect, it } from 'vitest';
import { Memo } from '../../../src/core/memo';

describe('a memo', () => {
  it('computes a value once', () => {
    const memo = new Memo<string, number | undefined>(10);
    const computed: string[] = [];
    const lengthOf = (key: string) =>
      memo.get(key, () => {
        computed.push(key);
        return key === '' ? undefined : key.length;
      });
    expect(['a', 'bb', '', 'a', ''].map(lengthOf)).toEqual([1, 2, undefined, 1, undefined]);
    expect(computed).toEqual(['a', 'bb', '']);
  });

  it('stays within its size', () => {
    const memo = new Memo<number, number>(3);
    let computed = 0;
    const get = (key: number) => memo.get(key, () => (computed += 1));
    for (const key of [1, 2, 3, 1, 2, 3]) get(key);
    expect(computed).toBe(3);
    get(4);
    get(1);
    expect(computed).toBe(5);
  });
});
