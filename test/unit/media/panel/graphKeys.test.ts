import { describe, expect, it } from 'vitest';
import { nodeAfterKey } from '../../../../media/panel/graphKeys';

describe('nodeAfterKey', () => {
  it.each([
    ['ArrowRight', -1, 0],
    ['ArrowDown', 0, 1],
    ['ArrowRight', 2, 0],
    ['ArrowLeft', 2, 1],
    ['ArrowUp', 0, 2],
    ['ArrowLeft', -1, 2],
    ['Enter', 1, undefined],
  ])('moves with %s from node %i to node %s of three', (key, active, expected) => {
    expect(nodeAfterKey(key, active, 3)).toBe(expected);
  });
});
