import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { listFolder } from '../../src/runtime/documents/folderListing';
import { formatOf, headLength } from '../../src/core/documents/format';
import { decodeBytes } from '../../src/core/text/decodeBytes';
import type { DocumentFormat } from '../../src/core/types';
import { paperContent } from '../../src/runtime/papers/paperKind';
import { PaperReader } from '../../src/runtime/papers/paperReader';
import { paragraph, writeDocx, writeXlsx } from '../support/officeWriter';
import { column, writePdf } from '../support/pdfWriter';
import { recordFiles } from '../support/recordFiles';
import { disposables, engines, root } from './engines';

const { own, folder } = disposables();
const reader = new PaperReader({ workerPath: path.join(root, 'dist/paperWorker.js') });
afterAll(() => reader.dispose());

const endings: Readonly<Partial<Record<DocumentFormat, string>>> = {
  ris: 'ris',
  medline: 'nbib',
  wos: 'ciw',
  endnote: 'enw',
  table: 'csv',
  bibtex: 'bib',
  'csl-json': 'json',
  'xml-records': 'xml',
  jats: 'pubmed.xml',
};

const title = 'Niacin raises uric acid in gout';

/** Files by name, each with the name of its publication; undefined for a file that is shown by its own name. */
const papers: Readonly<Record<string, readonly [content: string | Buffer, name: string | undefined]>> = {
  'paper.pdf': [
    writePdf([
      [
        { text: title, x: 60, y: 90, size: 17, isBold: true },
        ...column(['Niacin raises the level of uric acid in', 'the blood of patients with gout.'], {
          x: 60,
          y: 140,
        }),
      ],
    ]),
    title,
  ],
  'paper.docx': [
    writeDocx({ body: paragraph(title, 'Titel') + paragraph('Niacin raises uric acid.') }),
    title,
  ],
  'article.xml': [
    `<article><front><article-meta><title-group><article-title>${title}</article-title></title-group><contrib-group><contrib><name><surname>Zinc</surname></name></contrib></contrib-group><pub-date><year>2021</year></pub-date></article-meta></front><body><p>Niacin.</p></body></article>`,
    `Zinc 2021, ${title}`,
  ],
  'abstract.txt': [
    `1. Lead Lett. 2021 May 3;12(4):1-9.\n\n${title}.\n\nZinc A(1), Gold B(1).\n\nNiacin raises uric acid.\n\nPMID: 33000001\n`,
    `Zinc 2021, ${title}`,
  ],
  'utf16.ris': [
    Buffer.from(`TY  - JOUR\r\nAU  - Zinc, A\r\nPY  - 2021\r\nTI  - ${title}\r\nER  - \r\n`, 'utf16le'),
    `Zinc 2021, ${title}`,
  ],
  'notes.md': ['# Notes\n\nNiacin.\n', undefined],
  'notes.qmd': ['Niacin.\n', undefined],
  'paper.tex': ['\\begin{document}\nNiacin.\n\\end{document}\n', undefined],
  'paper.typ': ['= Notes\n\nNiacin.\n', undefined],
  'paper.rst': ['Niacin.\n', undefined],
  'paper.adoc': ['Niacin.\n', undefined],
  'paper.org': ['Niacin.\n', undefined],
  'notes.html': ['<html><body><p>Niacin.</p></body></html>', undefined],
  'notes.ipynb': ['{"cells": [{"cell_type": "markdown", "source": ["Niacin."]}]}', undefined],
};

async function read(file: string, bytes: Uint8Array) {
  const kind = paperContent(bytes)?.kind;
  if (kind !== undefined) return reader.extract(bytes, kind);
  const { text } = decodeBytes(bytes);
  return { text, format: formatOf({ fileName: file, head: text.slice(0, headLength) }) };
}

describe.each(engines)('a folder with one file of each kind, in $name', ({ create }) => {
  it('has prose of every file, and the name of every publication', async () => {
    const kinds = folder();
    const expected: Record<string, string | undefined> = {};
    for (const [format, text] of Object.entries(recordFiles) as [DocumentFormat, string][]) {
      const name = `export.${endings[format] ?? 'none'}`;
      fs.writeFileSync(path.join(kinds, name), text);
      expected[name] = 'Zinc 2021, Niacin in gout';
    }
    for (const [name, [content, publication]] of Object.entries(papers)) {
      fs.writeFileSync(path.join(kinds, name), content);
      expected[name] = publication;
    }
    fs.writeFileSync(
      path.join(kinds, 'list.xlsx'),
      writeXlsx([
        [
          ['Authors', 'Title', 'Year'],
          ['Zinc, A', title, '2021'],
        ],
      ]),
    );
    expected['list.xlsx'] = `Zinc 2021, ${title}`;

    const { inputs, skipped, others } = await listFolder(kinds);
    expect([skipped, others.size]).toEqual([[], 0]);
    const engine = own(create({ modelPaths: {} }));
    const found: Record<string, string | undefined> = {};
    for (const { path: file } of inputs) {
      const bytes = fs.readFileSync(file);
      const { text, format } = await read(file, bytes);
      const { passages, unread } = await engine.passages({ document: file, text, format });
      expect(passages.map((passage) => passage.text).join(' ')).toContain('Niacin');
      expect(unread).toEqual([]);
      found[path.basename(file)] = passages[0]?.publication;
    }
    expect(found).toEqual(expected);
  });
});
