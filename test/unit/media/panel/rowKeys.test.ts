import { describe, expect, it } from 'vitest';
import { rowAfterKey } from '../../../../media/panel/rowKeys';

describe('rowAfterKey', () => {
  it.each([
    ['ArrowDown', 4, 5],
    ['ArrowDown', 9, 9],
    ['ArrowDown', -1, 0],
    ['ArrowUp', 4, 3],
    ['ArrowUp', 0, 0],
    ['PageDown', 4, 7],
    ['PageDown', 8, 9],
    ['PageUp', 4, 1],
    ['PageUp', 2, 0],
    ['Home', 4, 0],
    ['End', 4, 9],
    ['a', 4, undefined],
  ])('moves with %s from row %i to row %s of ten', (key, active, expected) => {
    expect(rowAfterKey(key, { active, count: 10, page: 3 })).toBe(expected);
  });
});
