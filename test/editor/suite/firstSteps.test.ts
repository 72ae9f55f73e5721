import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { closeAll, documentsFolder, extension, until } from '../support';
import { selectors, window } from '../window';

const { panel } = window;

interface Step {
  readonly id: string;
  readonly description: string;
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly contributes: { readonly walkthroughs: readonly { readonly steps: readonly Step[] }[] };
}

const stepList = '.gettingStartedContainer .getting-started-step';

/** The titles of the ticked steps of the walkthrough. */
async function tickedSteps(): Promise<string[]> {
  return await window.texts(`${stepList}:has(.codicon-getting-started-step-checked) .step-title`);
}

function steps(): readonly Step[] {
  return (extension().packageJSON as Manifest).contributes.walkthroughs.flatMap((each) => each.steps);
}

describe('The first steps', () => {
  after(async () => {
    await closeAll();
  });

  it('open no walkthrough if the user wants none', async () => {
    await extension().activate();
    assert.equal(await window.count(stepList), 0);
  });

  it('have one icon with both views, which say what to do next', async () => {
    const icons = '.activitybar a.action-label[aria-label^="BioBERT"]';
    assert.equal(await window.count(icons), 1);
    await window.click(icons);
    await until('the page', async () => (await panel.count('.question-box')) > 0, 50_000);
    const titles = await window.texts('.sidebar .pane-header .title');
    assert.deepEqual(
      titles.map((title) => title.toLowerCase()),
      ['ask and relations', 'entities'],
    );
    await until('the invitation of the panel', async () =>
      (await panel.texts('.notice vscode-button')).join().includes('Open the Sample'),
    );
    const buttons = await window.texts('.sidebar .welcome-view-content .monaco-button');
    assert.deepEqual(buttons, ['Open a File', 'Open the Sample']);
  });

  it('open a sample that is tagged', async () => {
    await vscode.commands.executeCommand('biobert.openSample');
    const { document } = vscode.window.activeTextEditor ?? assert.fail('No editor');
    assert.equal(path.basename(document.fileName), 'abstract.txt');
    assert.ok(!document.fileName.startsWith(documentsFolder().fsPath), document.fileName);
    assert.ok(!document.fileName.startsWith(extension().extensionPath), document.fileName);
    await until('marks', async () => (await window.count(selectors.marks)) > 10);
    await until('names', async () => (await window.texts(selectors.tree)).join().includes('COX-2'));
    await until('relations', async () => (await panel.count('.row')) > 3, 50_000);
  }).timeout(120_000);

  it('tick the steps that were done before the walkthrough is opened, and those done later', async () => {
    const { document } = vscode.window.activeTextEditor ?? assert.fail('No editor');
    await panel.fill('.question-box input', 'Which drug inhibits COX-2?');
    await panel.press('.question-box input', 'Enter');
    await until('an answer', async () => (await panel.count('.answer-list .go')) > 0, 50_000);
    await panel.click('.row');
    await panel.press('.row', 'p');
    const evidence = path.join(documentsFolder().fsPath, '.biobert/evidence.json');
    await until('the file', () => fs.existsSync(evidence));
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'biobert.biobert#start', true);
    const done = ['Open a sample or a paper', 'Mark its entities', 'See what is related'];
    const asked = ['Ask a question', 'Keep the evidence'];
    await until('ticks', async () => (await tickedSteps()).length === 5);
    assert.deepEqual(await tickedSteps(), [...done, ...asked]);
    const place = document.positionAt(document.getText().indexOf('Metformin') + 2);
    await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, place);
    await until('another tick', async () => (await tickedSteps()).includes('Rest the pointer on a name'));
    assert.equal((await tickedSteps()).length, 6);
  }).timeout(120_000);

  it('have steps whose links are commands that exist', async () => {
    const all = new Set(await vscode.commands.getCommands(true));
    const linked = steps().flatMap(({ description }) =>
      Array.from(description.matchAll(/\(command:([\w.]+)/gu), ([, id = '']) => id),
    );
    assert.ok(linked.length >= steps().length, linked.join());
    assert.deepEqual(
      linked.filter((id) => !all.has(id)),
      [],
    );
    for (const { id, completionEvents } of steps())
      assert.deepEqual(completionEvents, [`onContext:biobert.did.${id}`]);
  });
});
