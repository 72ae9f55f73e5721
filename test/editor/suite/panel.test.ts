import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, documentsFolder, open, openNew, sample, until } from '../support';
import { window } from '../window';

const { panel } = window;

const text = [
  'Gefitinib is a selective inhibitor of EGFR in lung cancer.',
  '',
  'Metformin did not inhibit EGFR. Cisplatin induced nephrotoxicity in most patients.',
  '',
  'Carriers of a BRCA1 mutation have a high risk of breast cancer, and tamoxifen lowered the risk of breast cancer.',
  '',
].join('\n');

async function showPanel(): Promise<void> {
  await vscode.commands.executeCommand('biobert.panel.focus');
  await until('the panel', async () => (await panel.count('.question-box')) > 0, 60_000);
  // An earlier test that failed may have left another document open.
  await panel.click('#tab-relations');
}

async function openRelated(name: string, content = text): Promise<vscode.TextEditor> {
  const editor = await openNew(name, content);
  await vscode.commands.executeCommand('biobert.tagDocument');
  await showPanel();
  // The rows of the previous document may be visible for a moment.
  await until('relations', async () => (await panel.count(`.row[aria-label*="${name}"]`)) > 0, 60_000);
  return editor;
}

function selected(editor: vscode.TextEditor): string {
  return editor.document.getText(editor.selection);
}

describe('The side panel', () => {
  afterEach(async () => {
    await closeAll();
  });

  it('says what to do next if nothing is tagged', async () => {
    await openNew('untagged.txt', text);
    await showPanel();
    await until('the invitation', async () =>
      (await panel.texts('.notice')).some((words) => words.includes('Tag Entities and Find Relations')),
    );
  });

  it('lists the relations of a tagged document; a click shows the sentence', async () => {
    const editor = await openRelated('relations.txt');
    const labels = await panel.attributes('.row', 'aria-label');
    assert.ok(
      labels.some((label) => /gefitinib/i.test(label) && label.includes('EGFR')),
      labels.join('\n'),
    );
    await panel.click('.row[aria-label*="efitinib"]');
    await until('the sentence', () => selected(editor).startsWith('Gefitinib is a selective inhibitor'));
  });

  it('keeps the place of a relation while the text is edited', async () => {
    const editor = await openRelated('edited.txt');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'A new first paragraph.\n\n'));
    await panel.click('.row[aria-label*="efitinib"]');
    await until('the sentence', () => selected(editor).startsWith('Gefitinib is a selective inhibitor'));
  });

  it('answers a question; a click shows the place', async () => {
    const editor = await openRelated('question.txt');
    await panel.fill('.question-box input', 'Which gene does gefitinib inhibit?');
    await panel.press('.question-box input', 'Enter');
    await until('an answer', async () => (await panel.count('.answer-list .go')) > 0, 60_000);
    await panel.click('.answer-list .go');
    await until('the sentence', () => selected(editor).length > 20);
  });

  it('finds the place of an answer in text that was edited in the meantime', async () => {
    const editor = await openRelated('moving.txt');
    await panel.fill('.question-box input', 'Which gene does gefitinib inhibit?');
    await panel.press('.question-box input', 'Enter');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Written while the model reads.\n\n'));
    // The ranking may change until the last passage has been read.
    await until('the answers', async () => (await panel.count('.searched')) > 0, 60_000);
    const sentence = (await panel.texts('.answer-list .quote'))[0]?.slice(0, 20) ?? '';
    await panel.click('.answer-list .go');
    await until('the sentence', () => selected(editor).startsWith(sentence) && sentence !== '');
  });

  it('stores pinned evidence in a workspace file until it is unpinned', async () => {
    await openRelated('pinned.txt');
    await panel.click('.row[aria-label*="efitinib"]');
    await panel.press('.virtual-list', 'p');
    const file = vscode.Uri.joinPath(documentsFolder(), '.biobert/evidence.json');
    const read = async (): Promise<string> => {
      try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      } catch {
        return '';
      }
    };
    await until('the file', async () =>
      (await read()).includes('Gefitinib is a selective inhibitor of EGFR'),
    );
    await panel.click('#tab-evidence');
    await until('the cell', async () => (await panel.count('.evidence-list .go')) === 1);
    await panel.fill('.evidence-list .note', 'read the methods');
    await panel.press('.evidence-list .note', 'Enter');
    await until('the note', async () => (await read()).includes('read the methods'));
    await panel.click('.evidence-list vscode-button');
    await until('an empty table', async () => !(await read()).includes('Gefitinib'));
    await panel.click('#tab-relations');
  });

  it('removes a rejected relation from the list permanently', async () => {
    await openRelated('rejected.txt');
    const before = await panel.attributes('.row', 'aria-label');
    await panel.click('.row[aria-label*="efitinib"]');
    await panel.press('.virtual-list', 'r');
    await until(
      'the row to go',
      async () => (await panel.attributes('.row', 'aria-label')).length < before.length,
    );
    const file = vscode.Uri.joinPath(documentsFolder(), '.biobert/curation.json');
    await until('the file', async () =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).includes('"verdict":"rejected"'),
    );
    await vscode.workspace.fs.delete(file);
  });

  it('lists a relation that was added by hand until it is rejected', async () => {
    const editor = await openRelated('added.txt');
    const spanOf = (words: string): vscode.Selection => {
      const at = editor.document.getText().indexOf(words);
      const { document } = editor;
      return new vscode.Selection(document.positionAt(at), document.positionAt(at + words.length));
    };
    editor.selections = [spanOf('EGFR'), spanOf('lung cancer')];
    const adding = vscode.commands.executeCommand('biobert.addRelation');
    const row = '.quick-input-list .monaco-list-row';
    const choice = (label: string): Promise<boolean> =>
      until(label, async () => (await window.texts(row)).some((text) => text.includes(label)));
    await choice('EGFR → lung cancer');
    await window.press('Enter');
    await choice('activator');
    await window.type('slows');
    await until('the way to another', async () => (await window.count(row)) === 1);
    await window.press('Enter');
    await until('the name', async () => (await window.count(row)) === 0);
    await window.type('slows');
    await window.press('Enter');
    await adding;
    const added = '.row[aria-label*="slows"]';
    await until('the row', async () => (await panel.count(added)) === 1);
    assert.match((await panel.attributes(added, 'aria-label')).join(), /EGFR slows lung cancer.*added/);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await panel.click(added);
    await until('the sentence', () => selected(editor).startsWith('Gefitinib is a selective inhibitor'));
    const file = vscode.Uri.joinPath(documentsFolder(), '.biobert/curation.json');
    const read = async (): Promise<string> =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    await until('the file', async () => (await read()).includes('"type":"slows","verdict":"added"'));
    await panel.press('.virtual-list', 'u');
    await until('the row to go', async () => (await panel.count(added)) === 0);
    await until('the file', async () => !(await read()).includes('slows'));
    await vscode.workspace.fs.delete(file);
  });

  it('shows pinned evidence as a table of documents; Enter opens the sentence', async () => {
    const editor = await openRelated('table.txt');
    await panel.click('.row[aria-label*="efitinib"]');
    await panel.press('.virtual-list', 'p');
    await panel.click('#tab-evidence');
    await panel.click('.evidence-tools [aria-label="As a table"]');
    await until('the cell', async () => (await panel.count('.evidence-table td .go')) > 0);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await panel.press('.evidence-table .go[tabindex="0"]', 'Enter');
    await until('the sentence', () => selected(editor).startsWith('Gefitinib is a selective inhibitor'));
    assert.deepEqual(await panel.violations(), []);
    await panel.press('.evidence-table .go[tabindex="0"]', 'Delete');
    await until('an empty table', async () => (await panel.count('.evidence-table td .go')) === 0);
    await panel.click('#tab-relations');
  });

  it('asks about the selection', async () => {
    const editor = await openRelated('selection.txt');
    const at = editor.document.getText().indexOf('tamoxifen');
    editor.selection = new vscode.Selection(
      editor.document.positionAt(at),
      editor.document.positionAt(at + 'tamoxifen'.length),
    );
    await vscode.commands.executeCommand('biobert.askAboutSelection');
    await until('an end', async () => (await panel.count('.answers > *')) > 0, 60_000);
  });

  it('restores its state after it was closed', async () => {
    await openRelated('again.txt');
    const filter = '.filter-line input';
    const counted = async (): Promise<string> => (await panel.texts('.count')).join();
    const all = await counted();
    await panel.fill(filter, 'BRCA1');
    const some = await until('the filter', async () => {
      const now = await counted();
      return now !== all && now;
    });
    await vscode.commands.executeCommand('workbench.view.explorer');
    await until('the panel to go', async () => (await panel.count('.question-box')) === 0);
    await showPanel();
    await until('the filter', async () => (await counted()) === some);
    await panel.fill(filter, '');
    await until('all', async () => (await counted()) === all);
  });

  it('shows hostile text as text', async () => {
    const hostile =
      'Aspirin inhibits COX-1 <img src=x onerror="document.body.remove()"> ]]> javascript:alert(1) in platelets.\n';
    await openRelated('hostile.txt', hostile);
    assert.equal(await panel.count('.row img'), 0);
    assert.ok((await panel.texts('.row .quote')).join().includes('<img src=x onerror='));
  });

  it('has no serious accessibility violations', async () => {
    await openRelated('axe.txt');
    await panel.click('.row');
    assert.deepEqual(await panel.violations(), []);
  });

  it('searches the folder once it is indexed', async () => {
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(documentsFolder(), 'indexed.md'),
      Buffer.from(
        '# Trial\n\nThe drug ocrelizumab delayed disability in primary progressive multiple sclerosis.\n',
      ),
    );
    await open(sample('abstract.txt'));
    await showPanel();
    await panel.click('.header vscode-dropdown');
    await panel.click('.header vscode-option:has-text("Folder")');
    await until('the invitation', async () =>
      (await panel.texts('.notice')).join().includes('Read All Papers in Folder'),
    );
    await panel.click('.notice vscode-button');
    await until('papers', async () => /paper|document/.test((await panel.texts('.summary')).join()), 60_000);
    await panel.fill('.question-box input', 'Which drug delayed disability in multiple sclerosis?');
    await panel.press('.question-box input', 'Enter');
    await until(
      'the document',
      async () => (await panel.texts('.answers')).join().includes('indexed.md'),
      60_000,
    );
  });
});
