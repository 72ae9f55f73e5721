import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { recordLine } from '../../../src/core/review/records';
import { writeSettings } from '../../../src/core/review/settings';
import { review, small } from '../../unit/core/review/reviews';
import { closeAll, extension, openNew, sample, until } from '../support';
import { notifications, window } from '../window';

const rows = '.quick-input-widget:visible .monaco-list-row';
const kaplan = '[@kaplan2019low]';
const lopez = '[@lopez2021gout]';

/** Opens a draft with the cursor at its end. */
async function openDraft(name: string, text: string): Promise<vscode.TextDocument> {
  const editor = await openNew(name, text);
  const end = editor.document.positionAt(text.length);
  editor.selection = new vscode.Selection(end, end);
  return editor.document;
}

/** Runs Insert Citation and waits for its list. */
async function listRecords(): Promise<void> {
  void vscode.commands.executeCommand('biobert.review.insertCitation');
  await until('the records', async () => (await window.count(rows)) === 2);
}

describe('Citing in a draft', function () {
  this.timeout(200_000);

  before(async () => {
    await extension().activate();
    const { settings, records } = review(small);
    const duplicates = (small.duplicates ?? []).map((line) => `${JSON.stringify(line)}\n`);
    // The samples have a bibliography of the user.
    fs.rmSync(sample('references.bib').fsPath);
    fs.mkdirSync(sample('.biobert').fsPath, { recursive: true });
    for (const [name, text] of [
      ['records.jsonl', records.map(recordLine).join('')],
      ['duplicates.jsonl', duplicates.join('')],
      ['review.json', writeSettings(settings)],
    ] as const)
      fs.writeFileSync(sample(`.biobert/${name}`).fsPath, text);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    await closeAll();
  });

  it('inserts the highlighted record with Enter, and says that the draft names the bibliography', async () => {
    const draft = await openDraft('draft.md', '---\ntitle: Urate\n---\n\nAs shown ');
    await listRecords();
    await window.type('transplant');
    await until('the record', async () => (await window.count(rows)) === 1);
    await window.press('Enter');
    const whole = `---\ntitle: Urate\nbibliography: references.bib\n---\n\nAs shown ${lopez}`;
    await until('the citation and the front matter', () => draft.getText() === whole);
    await until('the message', async () =>
      (await notifications()).some((text) => text.includes('pandoc --citeproc draft.md -o draft.docx')),
    );
    assert.ok((await notifications()).some((text) => text.includes('Copy Command')));
    await window.screenshot('citing-message');
    assert.match(fs.readFileSync(sample('references.bib').fsPath, 'utf8'), /\{lopez2021gout,/);
  });

  it('names the bibliography with the first citation, which Undo takes back together, after a word', async () => {
    const draft = await openDraft('later.md', 'As shown');
    await listRecords();
    await window.press('Enter');
    const whole = `---\nbibliography: references.bib\n---\n\nAs shown ${kaplan}`;
    await until('the citation', () => draft.getText() === whole);
    await vscode.commands.executeCommand('undo');
    assert.equal(draft.getText(), 'As shown');
  });

  it('inserts all records that are ticked', async () => {
    const draft = await openDraft('ticked.md', 'As shown ');
    await listRecords();
    await window.click(`${rows}:has-text("Gout")`);
    await until('the tick', async () =>
      (await window.texts('.quick-input-widget:visible')).join('').includes('1 Selected'),
    );
    await window.press('Enter');
    await until('the citation', () => draft.getText().endsWith(`As shown ${lopez}`));
  });

  it('completes keys, with author, year and title, by any author and by a word of the title', async () => {
    const suggestions = '.suggest-widget:visible .monaco-list-row';
    for (const [typed, key] of [
      ['ito', 'kaplan2019low'],
      ['hospitals', 'lopez2021gout'],
    ] as const) {
      const { document: draft } = await openNew(`${key}.md`, '');
      // The review is found a moment after its file has been written.
      await until('all records', async () => {
        await window.press('Backspace');
        await window.type('@');
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        return (await window.count(suggestions)) === 2;
      });
      await window.type(typed);
      const shown = await until('the completion', async () => {
        const texts = await window.texts(suggestions);
        return texts.length > 0 && texts.every((text) => text.includes(key)) && texts;
      });
      assert.match(shown.join('\n'), /(?:Low doses.*Kaplan et al\. 2019|Gout after kidney.*López 2021)/s);
      await window.screenshot(`citing-${key}`);
      await window.press('Enter');
      const whole = `---\nbibliography: references.bib\n---\n\n@${key}`;
      await until('the key and the bibliography', () => draft.getText() === whole);
      await vscode.commands.executeCommand('undo');
      assert.doesNotMatch(draft.getText(), /bibliography|kaplan2019low|lopez2021gout/);
      await closeAll();
    }
  });
});
