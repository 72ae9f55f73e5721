import { describe, expect, it } from 'vitest';
import { nodeAfterKey, nodeTowards } from '../../../../media/panel/graphKeys';

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

describe('nodeTowards', () => {
  const places = new Map([
    ['middle', { x: 0, y: 0 }],
    ['right', { x: 100, y: 10 }],
    ['far right', { x: 300, y: 0 }],
    ['above', { x: -5, y: -80 }],
    ['unrelated', { x: 20, y: 0 }],
  ]);
  const related = ['right', 'far right', 'above'];

  it.each([
    ['ArrowRight', 'right'],
    ['ArrowUp', 'above'],
    ['ArrowDown', undefined],
    ['Enter', undefined],
  ])('goes with %s to the neighbour %s', (key, expected) => {
    expect(nodeTowards(key, 'middle', related, places)).toBe(expected);
  });

  it('goes to a node that is not related if no neighbour lies there', () => {
    expect(nodeTowards('ArrowRight', 'middle', ['above'], places)).toBe('unrelated');
    expect(nodeTowards('ArrowRight', 'gone', related, places)).toBeUndefined();
  });
});
