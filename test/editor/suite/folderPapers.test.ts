import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, documentsFolder, engineProcesses, extension, open, sample, until } from '../support';
import { selectors, window } from '../window';

const { panel } = window;

const drugs = ['Gefitinib', 'Erlotinib', 'Afatinib', 'Lapatinib'];

/** More records than the models read at once, each with a title of its own. */
const records = Array.from({ length: 12 }, (_, index) => {
  const drug = drugs[index % drugs.length] ?? '';
  return [
    `PMID- ${String(9000 + index)}`,
    `TI  - ${drug} as an inhibitor of EGFR in cohort ${String(index)} of a long study.`,
    `AB  - ${drug} inhibited EGFR in patients with lung cancer of cohort ${String(index)}.`,
    `AU  - Kaplan A`,
    `DP  - 2019`,
    '',
  ].join('\n');
});

const copy = [
  'TY  - JOUR',
  'TI  - Gefitinib as an inhibitor of EGFR in cohort 0 of a long study.',
  'AU  - Kaplan, Ann',
  'PY  - 2019',
  'ER  - ',
  '',
].join('\n');

const draft = 'The drug ocrelizumab delayed disability in primary progressive multiple sclerosis.\n';

async function api(): Promise<BioBertApi> {
  return (await extension().activate()) as BioBertApi;
}

async function summary(): Promise<string> {
  return (await panel.texts('.summary')).join();
}

async function showFolder(): Promise<void> {
  await vscode.commands.executeCommand('biobert.panel.focus');
  await until('the panel', async () => (await panel.count('.question-box')) > 0, 60_000);
  await panel.click('.header vscode-dropdown');
  await panel.click('.header vscode-option:has-text("Folder")');
  await until('the summary', async () => (await summary()).includes('up to date'), 120_000);
}

async function ask(question: string): Promise<void> {
  await panel.fill('.question-box input', question);
  await panel.press('.question-box input', 'Enter');
}

async function answers(): Promise<string> {
  return (await panel.count('.searched')) > 0 ? (await panel.texts('.answers')).join() : '(none yet)';
}

const sentence = '.row[aria-label*="“Erlotinib inhibited"]';

/** Opens the group of the relations between two names, if it is closed. */
async function openGroup(): Promise<void> {
  await until('relations', async () => (await panel.count('.row[aria-label^="erlotinib inhibitor" i]')) > 0);
  if ((await panel.count(sentence)) > 0) return;
  await panel.click('.row[aria-label^="erlotinib inhibitor" i]');
  await until('the sentences', async () => (await panel.count(sentence)) > 0);
}

describe('The papers of a folder', function () {
  this.timeout(240_000);

  before(async () => {
    for (const [name] of await vscode.workspace.fs.readDirectory(documentsFolder()))
      if (name !== '.vscode') await vscode.workspace.fs.delete(sample(name), { recursive: true });
    const write = (name: string, text: string) =>
      vscode.workspace.fs.writeFile(sample(name), Buffer.from(text));
    await write('set.nbib', records.join('\n'));
    await write('embase.ris', copy);
    await write('draft.md', draft);
    await write('evidence.md', '<!-- evidence from BioBERT -->\n\n# Evidence\n\nCetuximab inhibits EGFR.\n');
    await vscode.commands.executeCommand('biobert.tagWorkspaceFolder');
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await closeAll();
  });

  it('are counted by record, each once, without exports', async () => {
    await showFolder();
    assert.match(await summary(), /^12 papers · 1 other document · up to date/);
    await openGroup();
    const names = (await panel.attributes(sentence, 'aria-label')).join('\n');
    assert.match(names, /Kaplan 2019, Erlotinib/);
  });

  it('have author, year and title in the list of entities', async () => {
    await vscode.commands.executeCommand('biobert.entities.focus');
    await until('a count of papers', async () =>
      (await window.attributes(selectors.tree, 'aria-label')).some((row) => /EGFR.*, 12 papers/.test(row)),
    );
  });

  it('are marked when they are opened, although nothing of them is in memory', async () => {
    await vscode.commands.executeCommand('biobert.entities.listFolder');
    // As after a reload of the window, only the index knows the marks.
    await vscode.commands.executeCommand('biobert.clearTags');
    await vscode.commands.executeCommand('biobert.unloadModel');
    const { document } = await open(sample('set.nbib'));
    await until('marks', async () => (await window.count(selectors.marks)) > 0);
    const entities = (await api()).entitiesOf(document) ?? [];
    assert.ok(entities.filter(({ name }) => name === 'EGFR').length >= 20, String(entities.length));
    for (const { start, end, text } of entities) assert.equal(text, document.getText().slice(start, end));
    assert.deepEqual(engineProcesses(), []);
  });

  it('have both names marked where a sentence is shown from the panel', async () => {
    await vscode.commands.executeCommand('biobert.entities.listFolder');
    await vscode.commands.executeCommand('biobert.clearTags');
    await showFolder();
    await openGroup();
    await panel.click(sentence);
    const editor = await until('the file', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path.endsWith('set.nbib') ? active : undefined;
    });
    const { start, end } = await until('the sentence', () => !editor.selection.isEmpty && editor.selection);
    await until('both names', async () => {
      const found = (await api()).entitiesOf(editor.document) ?? [];
      const [from, to] = [editor.document.offsetAt(start), editor.document.offsetAt(end)];
      const inside = found.filter((each) => each.start >= from && each.end <= to).map(({ name }) => name);
      return inside.includes('EGFR') && inside.includes('Erlotinib');
    });
  });

  it('do not answer when the user leaves them out, until they are used again', async () => {
    const question = 'Which drug delayed disability in multiple sclerosis?';
    await showFolder();
    await ask(question);
    await until('the draft', async () => (await answers()).includes('draft.md'), 60_000);
    await vscode.commands.executeCommand('biobert.leaveOut', sample('draft.md'));
    await until(
      'the count',
      async () => /^12 papers · up to date · 1 left out/.test(await summary()),
      60_000,
    );
    await ask(question);
    await until('other answers', async () => !/draft\.md|none yet/.test(await answers()), 60_000);
    await vscode.commands.executeCommand('biobert.useAgain', sample('draft.md'));
    await until('the count', async () => /1 other document · up to date$/.test(await summary()), 60_000);
  });
});
