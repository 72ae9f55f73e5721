import { describe, expect, it } from 'vitest';
import { nameRank } from '../../../../media/panel/nameRank';

describe('nameRank', () => {
  it.each([
    ['egfr', 0],
    ['her1', 0],
    ['her', 1],
    ['gf', 2],
    ['egfr\nher1', 0],
    ['kras', undefined],
  ])('gives %j the rank %s', (text, rank) => {
    expect(nameRank('egfr\nher1', text)).toBe(rank);
  });
});
