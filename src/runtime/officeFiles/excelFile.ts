import writeXlsxFile, { type Feature, type SheetData } from 'write-excel-file/node';
import {
  findElement,
  getCellAddress,
  getOrderOfSiblings,
  getSelfClosingTagMarkup,
  insertElementMarkupAccordingToOrderOfSiblings,
} from 'write-excel-file/utility';
import { officeMark } from '../../core/curation/ownReport';
import { cellText, xmlText, type Sheet, type SheetCell, type Workbook } from '../../core/exports/officeFile';

type ExcelFeature = Feature<never>;

interface Link {
  readonly address: string;
  readonly url: string;
}

const linkColour = '#0563C1';
const headColour = '#E7E6E6';

/** Excel does not allow these in the name of a sheet, and no more than 31 characters. */
const notInSheetNames = /[\\/?*[\]:]/gu;

/**
 * Writes an Excel workbook. The first row of each sheet has the titles of the columns and stays in view. All texts are cells
 * of the type text, so that none is read as a formula.
 */
export async function writeExcel({ sheets, cutMark }: Workbook): Promise<Uint8Array> {
  const written = sheets.map((sheet) => ({
    sheet: sheet.name.replace(notInSheetNames, ' ').slice(0, 31),
    columns: sheet.columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    stickyColumnsCount: sheet.fixedColumns ?? 0,
    data: dataOf(sheet, cutMark),
  }));
  const file = writeXlsxFile(written, { features: [hyperlinks(sheets.map(linksOf)), properties] as never });
  return file.toBuffer();
}

/** The properties of the file. The keywords tell this program that it need not read the file as a paper. */
const properties: ExcelFeature = {
  files: {
    transform: {
      '[Content_Types].xml': {
        insert: () =>
          getSelfClosingTagMarkup('Override', {
            PartName: '/docProps/core.xml',
            ContentType: 'application/vnd.openxmlformats-package.core-properties+xml',
          }),
      },
      '_rels/.rels': {
        insert: () =>
          getSelfClosingTagMarkup('Relationship', {
            Id: 'rId-properties-1',
            Type: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
            Target: 'docProps/core.xml',
          }),
      },
    },
    write: {
      files: () => ({
        'docProps/core.xml':
          '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
          '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
          'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>BioBERT</dc:creator>' +
          `<cp:keywords>${officeMark}</cp:keywords></cp:coreProperties>`,
      }),
    },
  },
};

function dataOf({ columns, rows }: Sheet, cutMark: string): SheetData {
  const head = columns.map(({ title }) => ({
    value: text(title, cutMark),
    type: String,
    fontWeight: 'bold' as const,
    backgroundColor: headColour,
    alignVertical: 'top' as const,
    wrap: true,
  }));
  return [head, ...rows.map((row) => row.map((cell) => excelCell(cell, cutMark)))];
}

function excelCell(cell: SheetCell, cutMark: string): SheetData[number][number] {
  if (typeof cell === 'number') return { value: cell, type: Number, alignVertical: 'top' };
  const value = text(typeof cell === 'string' ? cell : cell.text, cutMark);
  if (value === '') return null;
  const style = { value, type: String, alignVertical: 'top' as const, wrap: true };
  if (typeof cell === 'string') return style;
  return { ...style, textColor: linkColour, textDecoration: { underline: true } };
}

/** Excel reads `_x0041_` as the character with that code, so that its first line is written as such a code itself. */
function text(content: string, cutMark: string): string {
  return cellText(xmlText(content).replace(/_(?=x[\dA-Fa-f]{4}_)/gu, '_x005F_'), cutMark);
}

function linksOf({ rows }: Sheet): readonly Link[] {
  return rows.flatMap((row, index) =>
    row.flatMap((cell, column) =>
      typeof cell === 'object' && cell.text !== ''
        ? [{ address: getCellAddress(index + 1, column), url: cell.url }]
        : [],
    ),
  );
}

/**
 * Adds links to cells. They are no formulas: a formula would need the text of a document inside it.
 *
 * @param links The links of each sheet.
 */
function hyperlinks(links: readonly (readonly Link[])[]): ExcelFeature {
  const idOf = (index: number): string => `rId-link-${index + 1}`;
  return {
    files: {
      transform: {
        'xl/worksheets/_rels/sheet{id}.xml.rels': {
          insert: (_, { sheetIndex }) =>
            (links[sheetIndex] ?? [])
              .map(({ url }, index) =>
                getSelfClosingTagMarkup('Relationship', {
                  Id: idOf(index),
                  Type: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink',
                  Target: url,
                  TargetMode: 'External',
                }),
              )
              .join(''),
        },
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _, { sheetIndex }) => {
            const own = links[sheetIndex] ?? [];
            if (own.length === 0 || findElement(xml, 'hyperlinks')) return xml;
            const markup = own.map(({ address }, index) =>
              getSelfClosingTagMarkup('hyperlink', { ref: address, 'r:id': idOf(index) }),
            );
            return insertElementMarkupAccordingToOrderOfSiblings(
              xml,
              `<hyperlinks>${markup.join('')}</hyperlinks>`,
              getOrderOfSiblings('xl/worksheets/sheet{id}.xml', 'worksheet') ?? [],
              'worksheet',
            );
          },
        },
      },
    },
  };
}
