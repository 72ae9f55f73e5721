import { describe, expect, it } from 'vitest';
import { rowAcross, rowAfterKey } from '../../../../media/panel/rowKeys';

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

describe('rowAcross', () => {
  // A closed pair, an open one with two rows, and a row by itself.
  const items = [
    { level: 1, open: false },
    { level: 1, open: true },
    { level: 2, open: undefined },
    { level: 2, open: undefined },
    { level: 1, open: undefined },
  ];
  const levels = {
    isOpen: ({ open }: (typeof items)[number]) => open,
    levelOf: ({ level }: (typeof items)[number]) => level,
  };

  it.each([
    ['ArrowRight', 0, undefined],
    ['ArrowRight', 1, 2],
    ['ArrowRight', 2, undefined],
    ['ArrowLeft', 3, 1],
    ['ArrowLeft', 1, undefined],
    ['ArrowLeft', 4, undefined],
    ['ArrowDown', 1, undefined],
    ['ArrowLeft', -1, undefined],
  ] as const)('moves with %s from row %d to %s', (key, active, expected) => {
    expect(rowAcross(key, active, items, levels)).toBe(expected);
  });
});
