import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnReport } from '../../../../src/core/curation/ownReport';
import { xmlText, type Sheet } from '../../../../src/core/exports/officeFile';
import { writeExcel } from '../../../../src/runtime/officeFiles/excelFile';
import { readXlsx } from '../../../../src/runtime/papers/office/readXlsx';
import { readSharedStrings, readSheet } from '../../../../src/runtime/papers/office/sheet';
import { ZipParts } from '../../../../src/runtime/papers/office/zipParts';

const cutMark = ' … [cut: {0}]';
const sheet: Sheet = {
  name: 'Evidence: a/b',
  fixedColumns: 1,
  columns: [
    { title: 'Topic', width: 30 },
    { title: 'Probability', width: 8 },
    { title: 'DOI', width: 20 },
  ],
  rows: [
    ['=HYPERLINK("http://x","y")', 0.5, { text: '10.1000/a&b', url: 'https://doi.org/10.1000/a%26b"' }],
    ['', 1, ''],
  ],
};

async function partsOf(sheets: readonly Sheet[]): Promise<ZipParts> {
  return ZipParts.open(await writeExcel({ sheets, cutMark }), 'Excel workbook');
}

async function cellsOf(sheets: readonly Sheet[], number = 1): Promise<readonly (readonly string[])[]> {
  const parts = await partsOf(sheets);
  const strings = readSharedStrings((await parts.text('xl/sharedStrings.xml')) ?? '');
  return readSheet((await parts.text(`xl/worksheets/sheet${number}.xml`)) ?? '', strings);
}

describe('an Excel workbook', () => {
  it('is read back with a header row that stays in view, widths, and links that are no formulas', async () => {
    expect(await cellsOf([sheet])).toEqual([
      ['Topic', 'Probability', 'DOI'],
      ['=HYPERLINK("http://x","y")', '0.5', '10.1000/a&b'],
      ['', '1'],
    ]);
    const parts = await partsOf([sheet]);
    const xml = (await parts.text('xl/worksheets/sheet1.xml')) ?? '';
    expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
    expect(xml).toMatch(/<col [^>]*width="30(?:\.\d+)?"/);
    expect(xml).not.toContain('<f>');
    expect(xml).toContain('<hyperlink ref="C2" r:id="rId-link-1"/>');
    const links = (await parts.text('xl/worksheets/_rels/sheet1.xml.rels')) ?? '';
    expect(links).toContain('Target="https://doi.org/10.1000/a%26b&quot;" TargetMode="External"');
    expect(await parts.text('xl/workbook.xml')).toContain('name="Evidence  a b"');
  });

  it('has several sheets, each with its own links', async () => {
    const second: Sheet = { ...sheet, name: 'Papers', fixedColumns: 0, rows: [['x', 1, 'no link']] };
    const parts = await partsOf([second, sheet]);
    expect(await parts.text('xl/worksheets/sheet1.xml')).not.toContain('hyperlink');
    expect(await parts.text('xl/worksheets/sheet2.xml')).toContain('hyperlink ref="C2"');
    expect((await readXlsx(await writeExcel({ sheets: [second, sheet], cutMark }))).text).toContain(
      'no link',
    );
  });

  it('is recognised as an export, which is no paper', async () => {
    const { text } = await readXlsx(await writeExcel({ sheets: [sheet], cutMark }));
    expect(isOwnReport(text)).toBe(true);
  });

  it('cuts what Excel cannot hold, with a mark', async () => {
    const [, [text = ''] = []] = await cellsOf([{ ...sheet, rows: [['x'.repeat(40_000), 1, '']] }]);
    expect(text.length).toBeLessThanOrEqual(32_767);
    expect(text).toMatch(/x … \[cut: \d+\]$/);
  });

  it('keeps any text of a document, without the characters that XML does not allow', async () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          '_x0041_',
          '_x005F_x0041_',
          '</t><f>1</f>',
          '=1+1',
          "'=1",
          ']]>',
          '\u0000a\u0008',
          ' x ',
        ),
      ),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(texts, async (cells) => {
        const columns = cells.map(() => ({ title: 'T', width: 10 }));
        const rows = [['first', ...cells]];
        const [, row = []] = await cellsOf([
          { name: 'A', columns: [...columns, ...columns.slice(0, 1)], rows },
        ]);
        // Line ends in XML are line feeds.
        const kept = cells.map((text) => xmlText(text).replace(/\r\n?/g, '\n'));
        expect(['first', ...kept].map((text, at) => (row[at] ?? '') === text)).toEqual(
          kept.map(() => true).concat(true),
        );
      }),
      { numRuns: 60 },
    );
  });
});
