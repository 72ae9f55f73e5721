import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { closeAll, documentsFolder, extension, sample, until } from '../support';
import { notifications, window } from '../window';

const { panel } = window;
const exportsFolder = path.join(__dirname, '../../samples');

/** The records of the two exports that are about metformin in people or mice with polyps. */
const relevant =
  /recurrence of colorectal|recurrence after|acromegaly|cohort study|polyp growth|rectal epithelium/i;

const inputBox = '.quick-input-widget:visible input';
const rows = '.quick-input-widget:visible .monaco-list-row';

function file(name: string): string {
  return path.join(documentsFolder().fsPath, name);
}

function linesOf(name: string): readonly Record<string, unknown>[] {
  if (!fs.existsSync(file(name))) return [];
  const lines = fs.readFileSync(file(name), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Runs a command from the palette, as with the keyboard. */
async function run(title: string): Promise<void> {
  await window.press('F1');
  await until('the palette', async () =>
    (await window.values(inputBox)).some((value) => value.startsWith('>')),
  );
  await window.type(`BioBERT: ${title}`);
  await until(title, async () => (await window.texts(rows))[0]?.includes(title) === true);
  await window.press('Enter');
}

/** Waits for a list or an input box whose title or hint contains `words`, types and presses Enter. */
async function answer(words: string, typed?: string): Promise<void> {
  await until(words, async () => {
    const texts = await window.texts('.quick-input-widget:visible');
    const hints = await window.attributes(inputBox, 'placeholder');
    return [...texts, ...hints].some((text) => text.includes(words));
  });
  if (typed !== undefined) {
    await window.press('ControlOrMeta+A');
    await window.type(typed);
  }
  await window.press('Enter');
}

/** Accepts the path that a dialog proposes. */
async function save(name: string): Promise<void> {
  await until('the dialog', async () =>
    (await window.values(inputBox)).some((value) => value.endsWith(name)),
  );
  await until('the file', async () => {
    if (fs.existsSync(file(name))) return true;
    await window.press('Enter');
    await new Promise((resolve) => setTimeout(resolve, 500));
    return fs.existsSync(file(name));
  });
}

async function currentTitle(): Promise<string> {
  return (await panel.texts('.record-title'))[0] ?? '';
}

/** Decides every record of the phase on the screen. @returns the number of decisions. */
async function screenAll(): Promise<number> {
  const seen = new Set<string>();
  for (;;) {
    const title = await until('the next record', async () => {
      if ((await panel.count('.empty:visible')) > 0) return 'done';
      const shown = await currentTitle();
      return shown !== '' && !seen.has(shown) && shown;
    });
    if (title === 'done') return seen.size;
    seen.add(title);
    if (relevant.test(title)) {
      await window.press('i');
    } else {
      await window.press('e');
      await until('the reasons', async () => (await panel.count('.choice-box:visible')) > 0);
      await window.press('Enter');
    }
  }
}

describe('A review', function () {
  this.timeout(400_000);

  before(async () => {
    await extension().activate();
    for (const [name] of await vscode.workspace.fs.readDirectory(documentsFolder()))
      await vscode.workspace.fs.delete(sample(name), { recursive: true });
    for (const name of ['pubmed.nbib', 'scopus.ris'])
      fs.copyFileSync(path.join(exportsFolder, name), file(name));
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('begins with two raw exports, whose records are merged', async () => {
    await run('New Review');
    await answer('Title', 'Metformin and adenoma');
    await answer('Question', 'Does metformin prevent colorectal adenoma?');
    await answer('Which records', 'All files');
    await answer('Press Enter to import');
    await until('the import', () => linesOf('.biobert/duplicates.jsonl').length > 0, 60_000);
    assert.equal(linesOf('.biobert/records.jsonl').length, 18);
    assert.equal(linesOf('.biobert/duplicates.jsonl').length, 6);
    await until('the message', async () =>
      (await notifications()).some((text) => text.includes('18 records imported, 6 duplicates merged')),
    );
    const settings = JSON.parse(fs.readFileSync(file('.biobert/review.json'), 'utf8')) as {
      readonly sources: readonly { readonly database: string }[];
    };
    assert.deepEqual(settings.sources.map(({ database }) => database).sort(), ['PubMed', 'Scopus']);
    await until('the review, which opens by itself', async () => (await currentTitle()) !== '', 60_000);
  });

  it('is screened with one key for each record, in both phases', async () => {
    await run('Open Review');
    await until('the first record', async () => (await currentTitle()) !== '', 60_000);
    await window.screenshot('screening');
    assert.deepEqual(await panel.violations(), []);
    assert.equal(await screenAll(), 12);
    const decided = (): number => linesOf(`.biobert/${screeningFile()}`).length;
    await until('the decisions', () => decided() === 12);
    await panel.press('.head-line vscode-dropdown', 'ArrowDown');
    await until('the full texts', async () => (await panel.count('.full-text:visible')) > 0);
    await panel.press('.record', 'Escape');
    assert.equal(await screenAll(), 6);
    await until('the decisions', () => decided() === 18);
    await closeAll();
  });

  it('is reported as a PRISMA diagram', async () => {
    await run('Write PRISMA Report');
    await save('prisma.md');
    const report = fs.readFileSync(file('prisma.md'), 'utf8');
    for (const line of [
      'Databases (n = 18)',
      'Duplicate records removed (n = 6)',
      'Records screened (n = 12)',
    ])
      assert.ok(report.includes(line), report);
    assert.match(report, /Studies included in review \(n = 6\)/);
    assert.match(report, /```mermaid/);
    // A count does not break at the end of a line: its spaces are hard.
    const drawing = fs.readFileSync(file('prisma.svg'), 'utf8').replace(/\u00A0/g, ' ');
    assert.match(drawing, /<svg[^]*Databases \(n = 18\)[^]*\(n = 6\)/);
    await closeAll();
  });

  it('gives evidence with citations and their bibliography', async () => {
    await vscode.window.showTextDocument(sample('pubmed.nbib'));
    await run('Ask a Question');
    await until('the panel', async () => (await panel.count('.question-box')) > 0, 60_000);
    await window.type('Which pathway does metformin activate?');
    await window.press('Enter');
    await until('an answer', async () => (await panel.count('.answer-list .go')) > 0, 120_000);
    await until('all answers', async () => (await panel.count('.searched')) > 0, 60_000);
    await panel.press('.answer-list .go', 'p');
    await until('the evidence', () => fs.existsSync(file('.biobert/evidence.json')));
    await panel.press('#tab-relations', 'End');
    await until('the entry', async () => (await panel.count('.evidence-list .go')) > 0);
    await panel.press('.evidence-tools .export', 'Enter');
    await answer('Format of the export', 'list with citations');
    await save('evidence-citations.md');
    const markdown = fs.readFileSync(file('evidence-citations.md'), 'utf8');
    const [, key] = /\[@([\w:.-]+)\]/.exec(markdown) ?? [];
    assert.ok(key !== undefined, markdown);
    const bibliography = fs.readFileSync(file('evidence-citations.bib'), 'utf8');
    assert.ok(bibliography.includes(`{${key},`), bibliography);
  });

  it('gives evidence to Word and Excel', async () => {
    for (const [format, name] of [
      ['excel', 'evidence.xlsx'],
      ['word', 'evidence.docx'],
    ] as const) {
      void vscode.commands.executeCommand('biobert.exportEvidence', { format });
      await save(name);
      await until(name, () => fs.existsSync(file(name)) && fs.statSync(file(name)).size > 0);
      // The text of the file is what this extension reads in a paper.
      await vscode.commands.executeCommand('biobert.openPaperText', sample(name));
      const shown = await until('its text', () => {
        const { document } = vscode.window.activeTextEditor ?? {};
        return (
          document?.uri.scheme === 'biobert-paper' && document.uri.path.includes(name) && document.getText()
        );
      });
      assert.match(shown, /metformin/i);
      await closeAll();
    }
  });
});

function screeningFile(): string {
  const names = fs.readdirSync(file('.biobert'));
  return names.find((name) => /^screening-.*\.jsonl$/.test(name)) ?? 'screening.jsonl';
}
