import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Evidence } from '../../../../src/core/curation/evidenceFile';
import { isOwnBibliography } from '../../../../src/core/curation/ownReport';
import { errorCodes } from '../../../../src/core/errors';
import { bibliographyText } from '../../../../src/core/review/bibliography';
import type { EvidenceToExport } from '../../../../src/editor/evidence/exportLoader';
import { exportEvidence } from '../../../../src/editor/evidenceExport/exportBundle';
import { readDocx } from '../../../../src/runtime/papers/office/readDocx';
import { readXlsx } from '../../../../src/runtime/papers/office/readXlsx';
import { openWorkspace } from '../../../support/diskWorkspace';
import { reset, Uri, window } from '../vscode';

let folder = '';
const bibliography = bibliographyText([]);
const entry: Evidence = {
  topic: { kind: 'question', question: 'Why?' },
  document: 'a.md',
  start: 0,
  end: 4,
  line: 1,
  sentence: 'So.',
  probability: 1,
  isDenied: true,
  isSpeculative: false,
  citation: 'kaplan2019',
  note: '',
};
const content: EvidenceToExport = { pinned: [entry], unpinned: [], form: [] };
const other: Evidence = { ...entry, document: 'b.md', citation: 'b', sentence: 'Perhaps so.', answer: 'so' };
const withOthers: EvidenceToExport = {
  ...content,
  unpinned: [
    { evidence: other, isUnanswered: false },
    { evidence: { ...entry, document: 'c.md', citation: 'c', sentence: '' }, isUnanswered: true },
  ],
};
const review = {
  load: () => ({ cite: (evidence: unknown) => Promise.resolve({ evidence, bibliography }) }) as never,
};

const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

function saveAs(name: string): void {
  window.saved = Uri.parse(`file://${folder}/${name}`);
}

beforeEach(() => {
  reset();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-evidence-'));
  openWorkspace(folder);
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('the export of evidence', () => {
  it.each(['markdown', 'citations'] as const)(
    'writes the bibliography beside %s, which names it',
    async (format) => {
      saveAs('table.md');
      await exportEvidence(withOthers, review, format);
      expect(read('table.bib')).toBe(bibliography);
      expect(read('table.md')).toContain('bibliography: "table.bib"');
      expect(read('table.md')).toContain('[@kaplan2019]');
      expect(read('table.md')).not.toContain('Perhaps');
    },
  );

  it("leaves the user's own bibliography of that name alone", async () => {
    fs.writeFileSync(path.join(folder, 'table.bib'), '@article{mine,}\n');
    saveAs('table.md');
    await exportEvidence(content, review, 'markdown');
    expect(read('table.bib')).toBe('@article{mine,}\n');
    expect(isOwnBibliography(read('table-biobert.bib'))).toBe(true);
    expect(read('table.md')).toContain('bibliography: "table-biobert.bib"');
  });

  it('writes no bibliography beside CSV, and nothing after a cancellation', async () => {
    await exportEvidence(content, review, 'csv');
    await exportEvidence(content, review);
    expect(fs.readdirSync(folder)).toEqual([]);
    saveAs('table.csv');
    await exportEvidence(content, review, 'csv');
    expect(fs.readdirSync(folder)).toEqual(['table.csv']);
    expect(read('table.csv')).toContain('kaplan2019');
  });

  it('lets the user choose the format', async () => {
    saveAs('table.csv');
    window.picked = 'CSV';
    await exportEvidence(content, review);
    expect(read('table.csv')).toContain('kaplan2019');
  });

  it.each([
    ['word', 'evidence.docx', readDocx],
    ['wordTable', 'evidence.docx', readDocx],
    ['excel', 'evidence.xlsx', readXlsx],
  ] as const)('writes %s, which names sentences that are not pinned', async (format, name, readFile) => {
    saveAs(name);
    await exportEvidence(withOthers, review, format);
    const { text } = await readFile(fs.readFileSync(path.join(folder, name)));
    expect(text).toContain('negated');
    expect(text).toContain('Perhaps');
    // Only the first sheet of a workbook is read as a paper; it has a column for this.
    expect(text.includes('not pinned')).toBe(format !== 'excel');
    expect(text.includes('no answer found')).toBe(format === 'wordTable');
    expect(window.messages.flat()).toContain(`${name} is saved.`);
  });

  it('says what to do if there is nothing', async () => {
    const empty = { pinned: [], unpinned: [], form: [] };
    await expect(exportEvidence(empty, review)).rejects.toMatchObject({ code: errorCodes.ARGUMENT_INVALID });
  });
});
