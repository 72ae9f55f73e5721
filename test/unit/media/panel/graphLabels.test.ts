import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bounds, boxOf, type LabelledNode, placeLabels } from '../../../../media/panel/graphLabels';

const coordinate = fc.integer({ min: 0, max: 400 });
const nodes = fc.array(
  fc.record({
    x: coordinate,
    y: coordinate,
    radius: fc.integer({ min: 3, max: 20 }),
    width: fc.integer({ min: 5, max: 150 }),
    height: fc.constant(14),
    isRequired: fc.boolean(),
    mayCoverNodes: fc.boolean(),
    isHidden: fc.boolean(),
  }),
  { maxLength: 60 },
);

function placed(all: readonly LabelledNode[], window?: Bounds) {
  return placeLabels(all, window).flatMap((place, index) => {
    const node = all[index];
    return node && place ? [{ node, place, box: boxOf(node, place) }] : [];
  });
}

function overlap(a: Bounds, b: Bounds): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

describe('placeLabels', () => {
  it('never lets labels overlap, and shows no hidden one', () => {
    fc.assert(
      fc.property(nodes, (all) => {
        const labels = placed(all);
        labels.forEach(({ node, box }, index) => {
          expect(node.isHidden).toBe(false);
          expect(labels.slice(index + 1).some((other) => overlap(box, other.box))).toBe(false);
        });
      }),
    );
  });

  it('keeps labels in the window', () => {
    const window = { left: 0, right: 400, top: 0, bottom: 400 };
    fc.assert(
      fc.property(nodes, (all) => {
        for (const { box } of placed(all, window)) {
          expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
          expect(Math.max(box.right, box.bottom)).toBeLessThanOrEqual(400);
        }
      }),
    );
  });

  const node: LabelledNode = {
    ...{ x: 0, y: 0, radius: 5, width: 60, height: 14 },
    ...{ isRequired: false, mayCoverNodes: false, isHidden: false },
  };

  it('puts a label below its node, and a second one of the same place elsewhere', () => {
    const [first, second] = placeLabels([node, { ...node, x: 12 }]);
    expect(first).toMatchObject({ x: 0, isFar: false });
    expect(first?.y).toBeGreaterThan(5);
    expect(second).not.toEqual(first);
  });

  it('leaves out labels where there is no room, except required ones, which it moves away', () => {
    const crowd = Array.from({ length: 40 }, (_, index) => ({ ...node, x: index % 7, y: index % 5 }));
    expect(placed(crowd).length).toBeLessThan(15);
    const required = placed(crowd.map((each) => ({ ...each, isRequired: true })));
    expect(required).toHaveLength(40);
    expect(required.some(({ place }) => place.isFar)).toBe(true);
  });

  it('shows more labels when the nodes are farther apart', () => {
    const grid = (step: number) =>
      Array.from({ length: 100 }, (_, index) => ({
        ...node,
        x: (index % 10) * step,
        y: Math.floor(index / 10) * step,
      }));
    expect(placed(grid(20)).length).toBeLessThan(placed(grid(40)).length);
    expect(placed(grid(80))).toHaveLength(100);
  });
});
