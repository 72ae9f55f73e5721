import { describe, expect, it } from 'vitest';
import { createSpanCache } from '../../../../src/core/entities/spanCache';

const spans = [{ start: 0, end: 1, type: 'Gene', probability: 0.9 }];

describe('createSpanCache', () => {
  it('returns what was set, including an empty result', () => {
    const cache = createSpanCache();
    cache.set('a', spans);
    cache.set('', []);
    expect(cache.get('a')).toEqual(spans);
    expect(cache.get('')).toEqual([]);
    expect(cache.get('b')).toBeUndefined();
  });

  it('removes the least recently used entry when it is full', () => {
    const cache = createSpanCache({ maxCharacters: 3 * 65 });
    for (const text of ['a', 'b', 'c']) cache.set(text, spans);
    cache.get('a');
    cache.set('d', spans);
    expect(['a', 'b', 'c', 'd'].filter((text) => cache.get(text) !== undefined)).toEqual(['a', 'c', 'd']);
    expect(cache.characters).toBe(3 * 65);
  });

  it('counts a text once, however often it is set', () => {
    const cache = createSpanCache();
    cache.set('a', spans);
    cache.set('a', []);
    expect(cache.characters).toBe(65);
    expect(cache.get('a')).toEqual([]);
  });

  it('keeps nothing larger than its limit, and nothing after it was cleared', () => {
    const cache = createSpanCache({ maxCharacters: 100 });
    cache.set('x'.repeat(200), spans);
    expect(cache.characters).toBe(0);
    cache.set('a', spans);
    cache.clear();
    expect(cache.get('a')).toBeUndefined();
    expect(cache.characters).toBe(0);
  });
});
