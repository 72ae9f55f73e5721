import { describe, expect, it } from 'vitest';
import { countWords } from '../../../../../src/core/documents/lineJoins';
import { paperText } from '../../../../../src/runtime/papers/blocks';
import { joinLines, pdfBlocks } from '../../../../../src/runtime/papers/pdf/pdfBlocks';
import type { PageItems, TextItem } from '../../../../../src/runtime/papers/pdf/textItems';
import { printedLines, proseLines } from './items';

const pageOf = (page: number, items: readonly TextItem[]): PageItems => ({
  page,
  width: 595,
  height: 842,
  items,
});
const textOf = (...pages: (readonly TextItem[])[]): string =>
  paperText(pdfBlocks(pages.map((items, index) => pageOf(index + 1, items))));

describe('the text of a PDF', () => {
  it('has a page mark within a paragraph that goes on, and no running heads or page numbers', () => {
    const head = (page: number) =>
      printedLines(['Statins in old age'], { x: 200, y: 40, size: 8 }).concat(
        printedLines([String(page)], { x: 290, y: 800, size: 8 }),
      );
    const first = printedLines(
      [...proseLines('first', 3), 'and here the sentence of this page breaks off in azathio-'],
      { x: 50, y: 100, width: 480 },
    );
    const second = printedLines(['prine and ends. ', ...proseLines('second', 3)], {
      x: 50,
      y: 100,
      width: 480,
    });
    const text = textOf(
      [...head(1), ...first],
      [...head(2), ...second],
      [...head(3), ...printedLines(proseLines('third', 3), { x: 50, y: 100, width: 480 })],
    );
    expect(text).toContain('breaks off in azathioprine \n[Page 2]\nand ends. the second column');
    expect(text).not.toMatch(/Statins|^\d+$/m);
  });

  it('takes raised numbers of references off words and keeps other scripts', () => {
    const line = (parts: readonly (readonly [string, 'up' | 'down' | ''])[]): TextItem[] => {
      let x = 50;
      return parts.map(([text, shift]) => {
        const size = shift === '' ? 10 : 6;
        const item = {
          text,
          x,
          y: 100 - (shift === 'up' ? 4 : shift === 'down' ? -2 : 0),
          width: text.length * size * 0.5,
          size,
          font: 'body',
        };
        x += item.width;
        return item;
      });
    };
    const text = textOf(
      line([
        ['Simvastatin lowers cholesterol', ''],
        ['12,13', 'up'],
        [' by 10', ''],
        ['6', 'up'],
        [' and Ca', ''],
        ['2+', 'up'],
        [' and H', ''],
        ['2', 'down'],
        ['O.', ''],
      ]),
    );
    expect(text).toBe('[Page 1]\n\nSimvastatin lowers cholesterol by 10⁶ and Ca2+ and H2O.\n');
  });

  it('joins a paragraph behind a caption that interrupts it', () => {
    const left = printedLines([...proseLines('left', 9), 'and the last line of it does not end'], {
      x: 50,
      y: 100,
      width: 230,
    });
    const caption = printedLines(['Figure 1. The flow of patients through the study.'], {
      x: 50,
      y: 240,
      size: 8,
      width: 200,
    });
    const right = printedLines(['here but goes on in the other column of it', ...proseLines('right', 9)], {
      x: 300,
      y: 100,
      width: 230,
    });
    const text = textOf([...left, ...caption, ...right]);
    expect(text).toContain('does not end here but goes on');
    expect(text.indexOf('Figure 1.')).toBeLessThan(text.indexOf('the left column'));
  });

  it('writes headings, authors and tables in the form of the parser', () => {
    const rows = [300, 315, 330].flatMap((y, row) =>
      [50, 200, 350].map((x, cell) => ({ text: `r${row}c${cell}`, x, y, width: 30, size: 10, font: 'body' })),
    );
    const text = textOf([
      ...printedLines(['Colchicine in acute gout of the elderly'], {
        x: 50,
        y: 60,
        size: 18,
        width: 400,
        font: 'bold',
      }),
      ...printedLines(['Mary Q. Stone, Ali Demir and Eva Horn'], { x: 50, y: 90 }),
      ...printedLines(['Introduction'], { x: 50, y: 130, font: 'bold' }),
      ...printedLines(proseLines('only', 8), { x: 50, y: 150, width: 480 }),
      ...rows,
    ]);
    expect(text.split('\n\n').slice(1, 4)).toEqual([
      '# Colchicine in acute gout of the elderly',
      '> Mary Q. Stone, Ali Demir and Eva Horn',
      '## Introduction',
    ]);
    expect(text).toContain('r0c0 | r0c1 | r0c2\nr1c0 | r1c1 | r1c2\n');
  });

  it('starts a paragraph at an indent after the end of a sentence', () => {
    const first = printedLines([...proseLines('first', 3), 'and this is where the sentence ends.'], {
      x: 50,
      y: 100,
      width: 480,
    });
    const second = printedLines(['Another paragraph begins with an indent here'], {
      x: 62,
      y: 148,
      width: 468,
    });
    const rest = printedLines(proseLines('second', 3), { x: 50, y: 160, width: 480 });
    expect(textOf([...first, ...second, ...rest]).split('\n\n')).toHaveLength(3);
  });

  it('keeps the word that a page end breaks on its first page', () => {
    const lines = [
      { text: 'of azathio-', page: 1 },
      { text: 'prine was', page: 2 },
    ];
    expect(joinLines(lines, countWords(''))).toEqual([
      { text: 'of azathioprine ', page: 1 },
      { text: 'was', page: 2 },
    ]);
  });
});
