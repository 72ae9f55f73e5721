import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BioBertError, CancelledError, errorCodes } from '../../src/core/errors';
import type { PaperKind } from '../../src/runtime/papers/paper';
import { PaperReader } from '../../src/runtime/papers/paperReader';
import { paragraph, run, writeDocx, writeXlsx } from '../support/officeWriter';
import { column, writePdf } from '../support/pdfWriter';
import { writeZip } from '../support/zipWriter';

const root = path.resolve(import.meta.dirname, '../..');
const workerPath = path.join(root, 'dist/paperWorker.js');
const reader = new PaperReader({ workerPath });
afterAll(() => reader.dispose());

const textOf = async (bytes: Uint8Array, kind: PaperKind) => (await reader.extract(bytes, kind)).text;
const failureOf = async (bytes: Uint8Array, kind: PaperKind) => {
  const error: unknown = await reader.extract(bytes, kind).catch((thrown: unknown) => thrown);
  return error instanceof BioBertError ? error.code : error;
};

const prose = (name: string) =>
  Array.from({ length: 8 }, (_, index) => `the ${name} column tells of statins, line ${index}`);

describe('a PDF', () => {
  const head = (page: number) => [
    { text: 'Statins in old age', x: 220, y: 40, size: 8 },
    { text: String(page), x: 300, y: 810, size: 8 },
  ];
  const twoColumns = writePdf([
    [
      ...head(1),
      { text: 'Statins and dementia in people above eighty years', x: 60, y: 90, size: 17, isBold: true },
      ...column([...prose('left'), 'and gave hydroxymethyl-'], { x: 50, y: 140 }),
      ...column(
        [
          'glutaryl inhibitors to one of the groups that',
          ...prose('right').slice(1),
          'the end of this page.',
        ],
        {
          x: 310,
          y: 140,
        },
      ),
    ],
    [...head(2), ...column(prose('second'), { x: 50, y: 140 })],
    [
      ...head(3),
      { text: 'References', x: 50, y: 140, isBold: true },
      ...column(['1. Doe J. CD4 and CD8. 2019.'], { x: 50, y: 160 }),
    ],
  ]);

  it('is read in the order of its columns, with its pages', async () => {
    const { text, pages, format } = await reader.extract(twoColumns, 'pdf');
    expect({ pages, format }).toEqual({ pages: 3, format: 'paper' });
    expect(text).toContain(
      `# Statins and dementia in people above eighty years\n\n${prose('left').join(' ')}`,
    );
    expect(text).toContain(
      'and gave hydroxymethylglutaryl inhibitors to one of the groups that the right column',
    );
    expect(text).toContain('[Page 2]\n\nthe second column');
    expect(text).toContain('## References\n\n1. Doe J.');
    expect(text).not.toContain('Statins in old age');
  });

  it('says which of its pages have no text', async () => {
    const lines = column(prose('only'), { x: 50, y: 140 });
    const { textlessPages } = await reader.extract(writePdf([lines, [], lines]), 'pdf');
    expect(textlessPages).toEqual([2]);
  });

  it.each<[name: string, bytes: Buffer, code: string]>([
    ['a scan', writePdf([[], [], []]), errorCodes.PAPER_SCANNED],
    [
      'a scan with page numbers',
      writePdf([1, 2, 3].map((page) => [{ text: `${page}`, x: 300, y: 810 }])),
      errorCodes.PAPER_SCANNED,
    ],
    [
      'a protected file',
      writePdf([column(prose('only'), { x: 50, y: 140 })], { isEncrypted: true }),
      errorCodes.PAPER_ENCRYPTED,
    ],
    ['nothing but its first line', Buffer.from('%PDF-1.7\n'), errorCodes.PAPER_DAMAGED],
    [
      'random bytes',
      Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5000, 'x9<(')]),
      errorCodes.PAPER_DAMAGED,
    ],
  ])('is refused with its reason: %s', async (_, bytes, code) => {
    expect(await failureOf(bytes, 'pdf')).toBe(code);
  });

  it('is read even if its table of objects is wrong', async () => {
    const wrong = Buffer.from(
      twoColumns.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'),
      'latin1',
    );
    expect(await textOf(wrong, 'pdf')).toContain('the left column tells of statins');
  });
});

describe('a Word document', () => {
  it('is read as its readers see it', async () => {
    const revision =
      '<w:del><w:r><w:delText>Heparin </w:delText></w:r></w:del><w:ins><w:r><w:t>Warfarin</w:t></w:r></w:ins>';
    const cells = ['drug', 'dose'].map((text) => `<w:tc>${paragraph(text)}</w:tc>`).join('');
    const symbol = '<w:r><w:sym w:font="Symbol" w:char="F062"/></w:r>';
    const body = [
      paragraph('Anticoagulants', 'Titel'),
      paragraph('Contents 1', 'Verzeichnis1'),
      paragraph('Results', 'Eigene'),
      paragraph(
        `${revision}${run(' lowers vitamin K')}${run('2', '<w:vertAlign w:val="subscript"/>')}${run('.')}${run('7,8', '<w:vertAlign w:val="superscript"/>')}`,
      ),
      paragraph(`${run('TGF-')}${symbol}${run(' &amp; more')}${run('secret', '<w:vanish/>')}`),
      `<w:tbl><w:tr>${cells}</w:tr></w:tbl>`,
      paragraph('References'),
    ].join('');
    const footnotes = `<w:footnote w:id="1">${paragraph('A note on EGFR.')}</w:footnote>`;
    expect(await textOf(writeDocx({ body, footnotes }), 'docx')).toBe(
      '# Anticoagulants\n\n## Results\n\nWarfarin lowers vitamin K2.\n\nTGF-β & more\n\ndrug | dose\n\n## References\n\nA note on EGFR.\n',
    );
  });

  it.each<[name: string, bytes: () => Buffer, code: string]>([
    ['cut off', () => writeDocx({ body: paragraph('Text.') }).subarray(0, 300), errorCodes.PAPER_DAMAGED],
    [
      'without its end tags',
      () => writeZip([{ name: 'word/document.xml', content: Buffer.from('<w:document><w:body><w:p>') }]),
      errorCodes.PAPER_DAMAGED,
    ],
    ['a ZIP bomb', () => writeDocx({ body: ' '.repeat(100 * (1 << 20)) }), errorCodes.DOCUMENT_TOO_LARGE],
    [
      'a ZIP bomb that states a small size',
      () =>
        writeZip([
          {
            name: 'word/document.xml',
            content: Buffer.alloc(100 * (1 << 20), 'a'),
            deflated: true,
            saidBytes: 1000,
          },
        ]),
      errorCodes.PAPER_DAMAGED,
    ],
  ])('is refused if it is %s', async (_, bytes, code) => {
    expect(await failureOf(bytes(), 'docx')).toBe(code);
  });
});

describe('an Excel workbook', () => {
  it('becomes the CSV of its lists of papers', async () => {
    const notes = [['Search of May']];
    const list = [
      ['ID', 'Title', 'Abstract'],
      [1, 'Statins, "old" and new', 'Line one.\nLine two.'],
      [2, 'Fibrates', undefined],
    ];
    const more = [
      ['Title', 'Year'],
      ['Ezetimibe', 2001],
    ];
    expect(await textOf(writeXlsx([notes, list, more]), 'xlsx')).toBe(
      'ID,Title,Abstract,Year\n1,"Statins, ""old"" and new","Line one.\nLine two.",\n2,Fibrates,,\n,Ezetimibe,,2001\n',
    );
  });
});

describe('the reader of papers', () => {
  const large = writePdf(Array.from({ length: 400 }, () => column(prose('only'), { x: 50, y: 140 })));

  it('stops when its caller cancels, and reads the next paper', async () => {
    const controller = new AbortController();
    const reading = reader.extract(large, 'pdf', controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(reading).rejects.toBeInstanceOf(CancelledError);
    expect(await textOf(writePdf([column(prose('next'), { x: 50, y: 140 })]), 'pdf')).toContain(
      'the next column',
    );
  });

  it('stops after a time', async () => {
    const impatient = new PaperReader({ workerPath, timeoutMs: 20 });
    await expect(impatient.extract(large, 'pdf')).rejects.toMatchObject({ code: errorCodes.PAPER_DAMAGED });
    await impatient.dispose();
  });
});

describe('the terminal', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'biobert-papers-'));
  });
  afterAll(() => fs.rm(folder, { recursive: true, force: true }));
  const biobert = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [path.join(root, 'dist/cli.js'), ...args]).catch(
      (error: unknown) => error as { stdout: string; stderr: string; code: number },
    );

  it('prints the text that it reads', async () => {
    const file = path.join(folder, 'paper.pdf');
    await fs.writeFile(file, writePdf([column(prose('only'), { x: 50, y: 140 })]));
    expect((await biobert('text', file)).stdout).toBe(`[Page 1]\n\n${prose('only').join(' ')}\n`);
  });

  it('says why a scan is not read', async () => {
    const file = path.join(folder, 'scan.pdf');
    await fs.writeFile(file, writePdf([[], []]));
    const { stderr, stdout } = await biobert('text', file);
    expect(stdout).toBe('');
    expect(stderr).toContain(`${file}: `);
    expect(stderr).toContain('OCRmyPDF');
    expect(stderr).toContain(errorCodes.PAPER_SCANNED);
  });
});
