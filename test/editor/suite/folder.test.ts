import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, engineProcesses, extension, open, openNew, sample, until } from '../support';
import { notifications, selectors, window } from '../window';

async function api(): Promise<BioBertApi> {
  return (await extension().activate()) as BioBertApi;
}

interface Run {
  readonly documents: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly cancelled: boolean;
}

/** Returns the log lines of the runs over the folder, read from an issue report, which quotes the log. */
async function runs(): Promise<readonly Run[]> {
  await vscode.commands.executeCommand('biobert.reportIssue');
  const report = vscode.window.activeTextEditor?.document.getText() ?? '';
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  const lines = report.matchAll(/Folder: (\d+) documents \((\d+) unchanged\), (\d+) skipped(, cancelled)?/g);
  return [...lines].map(([, documents, unchanged, skipped, cancelled]) => ({
    ...{ documents: Number(documents), unchanged: Number(unchanged), skipped: Number(skipped) },
    cancelled: cancelled !== undefined,
  }));
}

async function lastRun(): Promise<Run> {
  const last = (await runs()).at(-1);
  assert.ok(last);
  return last;
}

async function tagFolder(): Promise<void> {
  await vscode.commands.executeCommand('biobert.tagWorkspaceFolder');
}

/** Reads the folder. The line in the log may come after the end of the command. */
async function loggedRun(): Promise<Run> {
  const before = (await runs()).length;
  await tagFolder();
  await until('the run in the log', async () => (await runs()).length > before);
  return lastRun();
}

/** Returns different paragraphs, so that none is in the cache of the engine. */
function longText(name: string, paragraphs: number): string {
  const line = (index: number): string =>
    `In cohort ${name} ${String(index)}, loss of BRCA1 made breast cancer sensitive to olaparib.`;
  return Array.from({ length: paragraphs }, (_, index) => line(index)).join('\n\n');
}

describe('Reading all papers of the folder', function () {
  this.timeout(360_000);

  afterEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('biobert.entities.listDocument');
    await closeAll();
  });

  it('tags every document and lists their entities', async () => {
    await tagFolder();
    await vscode.commands.executeCommand('biobert.entities.focus');
    await until('names of several documents', async () =>
      (await window.attributes(selectors.tree, 'aria-label')).some((row) =>
        /, \d+ (?:papers|documents)/.test(row),
      ),
    );
    const { documents, cancelled } = await lastRun();
    assert.ok(documents >= 7, String(documents));
    assert.equal(cancelled, false);
  });

  it('reuses the results of unchanged documents', async () => {
    const { documents, unchanged } = await loggedRun();
    assert.equal(unchanged, documents);
  });

  it('runs the model again on a changed document', async () => {
    await vscode.workspace.fs.writeFile(sample('changing.txt'), Buffer.from('TP53 in glioma.'));
    await tagFolder();
    await vscode.workspace.fs.writeFile(sample('changing.txt'), Buffer.from('EGFR in glioma.'));
    const { documents, unchanged } = await loggedRun();
    assert.equal(unchanged, documents - 1);
  });

  it('marks a tagged document when it opens, without the model', async () => {
    await tagFolder();
    // The panel would find the relations of the document, with the model.
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await until('the end of all work', async () => {
      await vscode.commands.executeCommand('biobert.unloadModel');
      // Files that earlier tests changed are read again after a moment.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return engineProcesses().length === 0;
    });
    const editor = await open(sample('changing.txt'));
    await until('marks', async () => (await window.count(selectors.marks)) > 0);
    const entities = (await api()).entitiesOf(editor.document) ?? [];
    assert.ok(entities.some(({ name }) => name === 'EGFR'));
    assert.deepEqual(engineProcesses(), []);
  });

  it('marks a document only if it still has the tagged text', async () => {
    await vscode.workspace.fs.writeFile(sample('rewritten.txt'), Buffer.from('TP53 in glioma.'));
    await tagFolder();
    await vscode.workspace.fs.writeFile(sample('rewritten.txt'), Buffer.from('EGFR in asthma.'));
    const editor = await open(sample('rewritten.txt'));
    assert.equal(editor.document.getText(), 'EGFR in asthma.');
    assert.equal((await api()).entitiesOf(editor.document), undefined);
  });

  it('skips unreadable files and lists them', async () => {
    await vscode.workspace.fs.writeFile(sample('binary.txt'), Buffer.from([0x89, 0x50, 0, 0, 1, 2]));
    try {
      // A run that began before the file was written does not know it.
      await until('the skipped file', async () => {
        await tagFolder();
        return (await lastRun()).skipped === 1;
      });
      await until('the offer', async () =>
        (await notifications()).some((toast) => toast.includes('1 file was skipped.')),
      );
      await window.click(`${selectors.notifications} .monaco-button:has-text("Show Skipped Files")`);
      await until('the list', async () =>
        (await window.texts('.quick-input-list .monaco-list-row')).some(
          (row) => row.includes('binary.txt') && row.includes('The file is not text.'),
        ),
      );
      await window.press('Escape');
    } finally {
      await vscode.workspace.fs.delete(sample('binary.txt'));
    }
  });

  it('keeps finished documents when it is cancelled, and continues from there', async () => {
    // These files are tagged before the samples and take minutes, so that the run cannot end before the click.
    const files = Array.from({ length: 500 }, (_, index) => sample(`a-${String(index)}.txt`).fsPath);
    for (const [index, file] of files.entries()) await fs.writeFile(file, longText(String(index), 60));
    try {
      const run = tagFolder();
      const isReading = async (): Promise<boolean> =>
        (await notifications()).some((toast) => /Reading papers: [1-9]\d* of \d+/.test(toast));
      await until('progress', isReading, 150_000);
      await window.click(`${selectors.notifications} .monaco-button:has-text("Cancel")`);
      await run;
      const stopped = await lastRun();
      assert.equal(stopped.cancelled, true);
      // All but two of the files that are left are deleted, so that the second run is short.
      for (const file of files.slice(stopped.documents + 2)) await fs.rm(file);
      await tagFolder();
      const all = await runs();
      const resumed = all.slice(all.findLastIndex(({ cancelled }) => cancelled) + 1);
      // The deleted files may cause another run, which finds nothing to do.
      assert.equal(resumed.at(-1)?.cancelled, false);
      assert.ok(
        resumed.some((run) => run.unchanged >= stopped.documents && run.unchanged < run.documents),
        JSON.stringify({ stopped, resumed }),
      );
    } finally {
      for (const file of files) await fs.rm(file, { force: true });
    }
  });

  it('applies edits of an open document while it runs', async () => {
    const editor = await openNew('open-one.txt', longText('open', 40));
    const run = tagFolder();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Typed while it was tagged. '));
    await run;
    const text = editor.document.getText();
    const entities = (await api()).entitiesOf(editor.document) ?? [];
    assert.ok(entities.length > 0);
    for (const { start, end, text: own } of entities) assert.equal(own, text.slice(start, end));
  });
});
