import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  HeadingLevel,
  type IRunOptions,
  LevelFormat,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell as WordCell,
  TableLayoutType,
  TableRow,
  TextRun as WordRun,
  WidthType,
} from 'docx';
import { officeMark } from '../../core/curation/ownReport';
import {
  xmlText,
  type TableCell,
  type TextBlock,
  type TextDocument,
  type TextRun,
  type TextRuns,
} from '../../core/exports/officeFile';

const bullets = 'bullets';
/** A4 in twentieths of a point. */
const page = { short: 11_906, long: 16_838, margin: 1_134 };
const grey = 'BFBFBF';

/** Writes a Word document. Headings, lists and tables are those of Word, so that its styles and outline work. */
export async function writeWord({ title, isLandscape = false, blocks }: TextDocument): Promise<Uint8Array> {
  const width = (isLandscape ? page.long : page.short) - 2 * page.margin;
  const document = new Document({
    title: xmlText(title),
    creator: 'BioBERT',
    keywords: officeMark,
    numbering: {
      config: [
        {
          reference: bullets,
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 360, hanging: 260 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: {
              // The library swaps them for landscape.
              width: page.short,
              height: page.long,
              orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: page.margin, bottom: page.margin, left: page.margin, right: page.margin },
          },
        },
        children: blocks.map((block) => blockOf(block, width)),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function blockOf(block: TextBlock, width: number): Paragraph | Table {
  switch (block.kind) {
    case 'heading':
      return new Paragraph({
        heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
        children: runsOf(block.runs),
      });
    case 'item':
      return new Paragraph({
        numbering: { reference: bullets, level: 0 },
        spacing: { after: 80 },
        children: runsOf(block.runs),
      });
    case 'paragraph':
      return new Paragraph({ spacing: { before: 80, after: 80 }, children: runsOf(block.runs) });
    case 'table':
      return tableOf(block, width);
  }
}

function tableOf(
  { head, rows, widths }: Extract<TextBlock, { readonly kind: 'table' }>,
  width: number,
): Table {
  const sum = widths.reduce((total, each) => total + each, 0);
  const columnWidths = widths.map((each) => Math.floor((width * each) / sum));
  const border = { style: BorderStyle.SINGLE, size: 4, color: grey };
  const row = (cells: readonly TableCell[], isHead: boolean): TableRow =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: false,
      children: cells.map(
        (cell, index) =>
          new WordCell({
            width: { size: columnWidths[index] ?? 0, type: WidthType.DXA },
            margins: { top: 60, bottom: 60, left: 90, right: 90 },
            ...(isHead && { shading: { fill: 'E7E6E6' } }),
            children: cellParagraphs(cell),
          }),
      ),
    });
  return new Table({
    columnWidths,
    width: { size: columnWidths.reduce((total, each) => total + each, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    borders: {
      top: border,
      bottom: border,
      left: border,
      right: border,
      insideHorizontal: border,
      insideVertical: border,
    },
    rows: [row(head, true), ...rows.map((cells) => row(cells, false))],
  });
}

/** A cell needs a paragraph. */
function cellParagraphs(cell: TableCell): readonly Paragraph[] {
  const paragraphs = cell.length === 0 ? [[]] : cell;
  return paragraphs.map((runs) => new Paragraph({ spacing: { after: 60 }, children: runsOf(runs) }));
}

function runsOf(runs: TextRuns): (WordRun | ExternalHyperlink)[] {
  return runs
    .filter(({ text }) => text !== '')
    .map((run) =>
      run.url === undefined
        ? wordRun(run)
        : new ExternalHyperlink({ link: run.url, children: [wordRun(run, 'Hyperlink')] }),
    );
}

function wordRun({ text, isBold, isItalic }: TextRun, style?: string): WordRun {
  const options: IRunOptions = {
    // Word shows a line break in a text as a space.
    text: xmlText(text).replace(/[\t\r\n]+/gu, ' '),
    bold: isBold === true,
    italics: isItalic === true,
    ...(style !== undefined && { style }),
  };
  return new WordRun(options);
}
