import { describe, expect, it } from 'vitest';
import { readingOrder } from '../../../../../src/runtime/papers/pdf/columns';
import { fragmentsOf, type TextItem } from '../../../../../src/runtime/papers/pdf/textItems';
import { printedLines, proseLines } from './items';

const orderOf = (items: readonly TextItem[]): string[][] =>
  readingOrder(fragmentsOf(items)).map((region) =>
    [...region].sort((a, b) => a.y - b.y).map(({ items: [first] }) => first?.text ?? ''),
  );

describe('the reading order of a page', () => {
  const left = printedLines(proseLines('left'), { x: 50, y: 200, width: 230 });
  const right = printedLines(proseLines('right'), { x: 300, y: 200, width: 230 });
  const title = printedLines(['A title that stands across both of the columns of the page'], {
    x: 60,
    y: 100,
    width: 460,
    size: 16,
  });

  it('is one region for a page with one column', () => {
    const page = printedLines(proseLines('only', 30), { x: 50, y: 100, width: 480 });
    expect(orderOf(page)).toEqual([proseLines('only', 30)]);
  });

  it('reads a title, then the left and the right column, however they are printed', () => {
    const rows = left.flatMap((item, index) => [item, right[index]].filter((each) => each !== undefined));
    const expected = [[title[0]?.text], proseLines('left'), proseLines('right')];
    expect(orderOf([...title, ...rows])).toEqual(expected);
    expect(orderOf([...right, ...left, ...title])).toEqual(expected);
  });

  it('reads both columns above a table across the page before those below it', () => {
    const lower = [
      ...printedLines(proseLines('lower left'), { x: 50, y: 420, width: 230 }),
      ...printedLines(proseLines('lower right'), { x: 300, y: 420, width: 230 }),
    ];
    const rows = [340, 355, 370].flatMap((y) =>
      [50, 170, 320, 440].map((x) => ({ text: `${x}/${y}`, x, y, width: 40, size: 9, font: 'body' })),
    );
    const regions = orderOf([...left, ...right, ...rows, ...lower]);
    expect(regions.map(([first]) => first)).toEqual([
      proseLines('left')[0],
      proseLines('right')[0],
      '50/340',
      proseLines('lower left')[0],
      proseLines('lower right')[0],
    ]);
    expect(regions[2]).toHaveLength(12);
  });

  it('reads three columns', () => {
    const columns = ['first', 'second', 'third'].flatMap((name, index) =>
      printedLines(proseLines(name), { x: 40 + 180 * index, y: 100, width: 165, size: 7 }),
    );
    expect(orderOf(columns)).toEqual([proseLines('first'), proseLines('second'), proseLines('third')]);
  });

  it('does not take the cells of a table for columns', () => {
    const cells = Array.from({ length: 8 }, (_, row) => row).flatMap((row) =>
      [50, 250, 400].map((x) => ({
        text: `cell ${row}`,
        x,
        y: 100 + 14 * row,
        width: 35,
        size: 10,
        font: 'body',
      })),
    );
    expect(orderOf(cells)).toHaveLength(1);
  });

  it('keeps a wide gap in a justified line within its column', () => {
    const [first, ...others] = left;
    const halves = [
      { text: 'the left column', x: 50, y: 200, width: 90, size: 10, font: 'body' },
      { text: 'goes on with line 0 of its text', x: 152, y: 200, width: 128, size: 10, font: 'body' },
    ];
    expect(first).toBeDefined();
    expect(orderOf([...halves, ...others, ...right]).map(({ length }) => length)).toEqual([11, 10]);
  });
});
