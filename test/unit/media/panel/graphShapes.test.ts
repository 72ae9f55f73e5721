import { describe, expect, it } from 'vitest';
import { edgePaths, nodePath } from '../../../../media/panel/graphShapes';
import { typeLooks } from '../../../../src/protocol/typeLooks';

const ends = { from: { x: 0, y: 0, radius: 10 }, to: { x: 100, y: 0, radius: 10 } };

describe('nodePath', () => {
  it('has another outline for each type', () => {
    const paths = Object.values(typeLooks).map(({ shape }) => nodePath(shape, { x: 5, y: 5 }, 8));
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(path).not.toContain('NaN');
  });
});

describe('a disc', () => {
  it('is round: its arcs go over twice their radius', () => {
    for (const radius of [4.04, 7.77, 22.06]) {
      const [, r, across] =
        /a([\d.]+) [\d.]+ 0 1 0 ([\d.]+) 0a/.exec(nodePath('ellipse', { x: 0, y: 0 }, radius)) ?? [];
      expect(Number(across)).toBeCloseTo(2 * Number(r), 5);
    }
  });
});

describe('edgePaths', () => {
  it('begins and ends outside of the nodes', () => {
    const { line, head } = edgePaths({ ...ends, bend: 0, width: 1, head: 'none' });
    expect(line).toBe('M12 0Q50 0 88 0');
    expect(head).toBe('');
  });

  it('points an arrow at the second node', () => {
    const { head } = edgePaths({ ...ends, bend: 0, width: 1, head: 'arrow' });
    expect(head).toMatch(/^M88 0L/);
  });

  it('has another head for a denied relation', () => {
    const arrow = edgePaths({ ...ends, bend: 0, width: 1, head: 'arrow' });
    const bar = edgePaths({ ...ends, bend: 0, width: 1, head: 'bar' });
    expect(bar.head).not.toBe('');
    expect(bar.head).not.toBe(arrow.head);
  });

  it('draws an edge between nodes at one place', () => {
    const same = { x: 3, y: 3, radius: 10 };
    const { line, head } = edgePaths({ from: same, to: same, bend: 4, width: 2, head: 'arrow' });
    expect(line + head).not.toContain('NaN');
  });
});
