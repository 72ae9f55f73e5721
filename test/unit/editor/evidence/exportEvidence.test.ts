import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportEvidence } from '../../../../src/editor/evidence/exportEvidence';
import { isOwnBibliography } from '../../../../src/core/curation/ownReport';
import { bibliographyText } from '../../../../src/core/review/bibliography';
import { openWorkspace } from '../../../support/diskWorkspace';
import { reset, Uri, window } from '../vscode';

let folder = '';
const bibliography = bibliographyText([]);
const entry = {
  topic: { kind: 'question', question: 'Why?' },
  document: 'a.md',
  start: 0,
  end: 4,
  line: 1,
  sentence: 'So.',
  probability: 1,
  isDenied: false,
  isSpeculative: false,
  citation: 'kaplan2019',
  note: '',
} as const;
const review = {
  load: () => ({ cite: () => Promise.resolve({ evidence: [entry], bibliography }) }) as never,
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
      await exportEvidence([entry], { format, form: [] }, review);
      expect(read('table.bib')).toBe(bibliography);
      expect(read('table.md')).toContain('bibliography: "table.bib"');
      expect(read('table.md')).toContain('[@kaplan2019]');
    },
  );

  it("leaves the user's own bibliography of that name alone", async () => {
    fs.writeFileSync(path.join(folder, 'table.bib'), '@article{mine,}\n');
    saveAs('table.md');
    await exportEvidence([entry], { format: 'markdown', form: [] }, review);
    expect(read('table.bib')).toBe('@article{mine,}\n');
    expect(isOwnBibliography(read('table-biobert.bib'))).toBe(true);
    expect(read('table.md')).toContain('bibliography: "table-biobert.bib"');
  });

  it('writes no bibliography beside CSV, and nothing after a cancellation', async () => {
    await exportEvidence([entry], { format: 'csv', form: [] }, review);
    expect(fs.readdirSync(folder)).toEqual([]);
    saveAs('table.csv');
    await exportEvidence([entry], { format: 'csv', form: [] }, review);
    expect(fs.readdirSync(folder)).toEqual(['table.csv']);
    expect(read('table.csv')).toContain('kaplan2019');
  });
});
