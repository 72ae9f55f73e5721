import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { closeAll, documentsFolder, open, sample, until } from '../support';
import { window } from '../window';

const { panel } = window;

const documents = 1000;
const slow = 900_000;
/** One of this many documents mentions a gene and a drug, so that there are relations; the others are quick to read. */
const relationEvery = 20;

function nameOf(index: number): string {
  return `abstract-${String(index).padStart(4, '0')}.txt`;
}

function textOf(index: number): string {
  if (index === 777) return 'Ocrelizumab delayed disability in multiple sclerosis.\n';
  if (index % relationEvery === 0) return `In cohort ${String(index)}, gefitinib inhibited EGFR.\n`;
  return `Cohort ${String(index)} was followed for years.\n`;
}

/** Returns the last log line of an index run, read from an issue report, which quotes the log. */
async function lastRun(): Promise<string> {
  // Each call opens and closes a report. Without a pause, VS Code would do nothing else.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await vscode.commands.executeCommand('biobert.reportIssue');
  const report = vscode.window.activeTextEditor?.document.getText() ?? '';
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return [...report.matchAll(/Index: \d+ documents read, \d+ searched[^.]*\./g)].at(-1)?.[0] ?? '';
}

async function choose(scope: string): Promise<void> {
  await panel.click('.header vscode-dropdown');
  await panel.click(`.header vscode-option:has-text("${scope}")`);
}

async function summary(): Promise<string> {
  return (await panel.texts('.summary')).join();
}

async function work(): Promise<string> {
  return (await panel.texts('.work-line:not([hidden]) .work-label')).join();
}

function counts(line: string): { read: number; searched: number } {
  const [read = -1, searched = -1] = [...line.matchAll(/\d+/g)].map(Number);
  return { read, searched };
}

describe('A folder of a thousand documents', function () {
  // Far more time than needed on an idle machine, because test machines may be busy.
  this.timeout(slow);

  let all = 0;

  before(async () => {
    const folder = documentsFolder().fsPath;
    for (let index = 0; index < documents; index++)
      fs.writeFileSync(path.join(folder, nameOf(index)), textOf(index));
    all = (await vscode.workspace.findFiles('**/*')).length;
    await open(sample(nameOf(0)));
    await vscode.commands.executeCommand('biobert.panel.focus');
    await until('the panel', async () => (await panel.count('.question-box')) > 0, slow);
  });

  after(async () => {
    await closeAll();
  });

  it('answers questions while it is still being searched for relations', async () => {
    await choose('Folder');
    await until('the invitation', async () => (await panel.count('.notice vscode-button')) > 0);
    await panel.click('.notice vscode-button');
    await until('the second part', async () => /^Reading papers: \S+ of /.test(await work()), slow);
    await panel.fill('.question-box input', 'Which drug delayed disability in multiple sclerosis?');
    await panel.press('.question-box input', 'Enter');
    const name = nameOf(777);
    await until('the answer', async () => (await panel.texts('.answers .place')).join().includes(name), slow);
    await panel.click(`.answer-list .go:has-text("${name}")`);
    await until('the place', () => vscode.window.activeTextEditor?.document.uri.path.endsWith(name) ?? false);
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.getText(editor.selection) ?? '', /^Ocrelizumab delayed/);
  });

  it('continues after it was stopped', async () => {
    await panel.click('.work-line:not([hidden]) vscode-button');
    await until('the stop', async () => (await summary()).includes('incomplete'), slow);
    const stopped = await lastRun();
    assert.match(stopped, /not to the end/);
    const { read, searched } = counts(stopped);
    assert.ok(read >= documents && searched < all, stopped);
    await panel.click('.notice vscode-button:has-text("Continue")');
    await until('the end', async () => (await summary()).includes('up to date'), slow);
    const rest = counts(await lastRun());
    assert.equal(rest.read, 0);
    assert.ok(rest.searched > 0 && rest.searched + searched <= all, JSON.stringify({ rest, searched, all }));
  });

  it('lists its relations, and shows the sentence of one', async () => {
    const told = documents / relationEvery;
    await until('relations', async () => (await panel.count('.row')) > 0, slow);
    assert.match((await panel.texts('.count')).join(), new RegExp(`\\b${String(told)}\\b|\\d{2,}`));
    await panel.click('.row[aria-label*="efitinib"]');
    await panel.press('.virtual-list', 'ArrowRight');
    await panel.press('.virtual-list', 'ArrowDown');
    await until('the sentence', () => {
      const editor = vscode.window.activeTextEditor;
      return /^In cohort \d+, gefitinib/.test(editor?.document.getText(editor.selection) ?? '');
    });
  });

  it('reads only changed documents again', async () => {
    const changed = sample(nameOf(5));
    await vscode.workspace.fs.writeFile(changed, Buffer.from('Fingolimod lowered the relapse rate.\n'));
    fs.rmSync(sample(nameOf(6)).fsPath);
    const expected = 'Index: 1 documents read, 1 searched.';
    await until('the news', async () => (await lastRun()) === expected, slow);
    await choose('This Document');
    await choose('Folder');
    const again = 'Index: 0 documents read, 0 searched.';
    await until('another look', async () => (await lastRun()) === again, slow);
  });

  it('is exported document by document', async () => {
    const target = vscode.Uri.file(path.join(documentsFolder().fsPath, '..', 'all.bioc.json'));
    await vscode.commands.executeCommand('biobert.exportFolder', { format: 'bioc', target });
    const file = JSON.parse(fs.readFileSync(target.fsPath, 'utf8')) as {
      documents: { id: string; relations: unknown[] }[];
    };
    assert.ok(file.documents.length >= documents - 1, String(file.documents.length));
    assert.ok(file.documents.find(({ id }) => id === 'abstract-0020')?.relations.length);
    fs.rmSync(target.fsPath);
  });
});
