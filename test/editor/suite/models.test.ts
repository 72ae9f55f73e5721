import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { answer, backToShipped, importModel, detailsAt } from '../modelDialogs';
import { closeAll, extension, hoverAt, openNew, until } from '../support';
import { window } from '../window';

const { panel } = window;

/** Tiny models, each trained on one rule by models/training/checks/fixtures.py. The path is relative to the built file in dist/. */
const checkpoints = path.resolve(__dirname, '../../test/fixtures/checkpoints');

const settings = ['model.path', 'model.relationsPath', 'model.questionsPath'] as const;

function setting(name: string): string {
  return vscode.workspace.getConfiguration('biobert').get<string>(name) ?? '';
}

const importFolder = (task: string, name: string): Promise<void> =>
  importModel(task, 'folder', path.join(checkpoints, name));

async function showPanel(): Promise<void> {
  await vscode.commands.executeCommand('biobert.panel.focus');
  await until('the panel', async () => (await panel.count('.question-box')) > 0, 60_000);
}

describe('Select Model', () => {
  before(async () => {
    await extension().activate();
  });

  afterEach(async () => {
    const configuration = vscode.workspace.getConfiguration('biobert');
    for (const name of settings) {
      await configuration.update(name, undefined, vscode.ConfigurationTarget.Global);
    }
    await closeAll();
  });

  it('imports a tagger, which hovers use and name, and returns to the shipped one', async () => {
    const text = 'Carriers of a TP53 mutation took aspirin.\n';
    const { document } = await openNew('own-tagger.txt', text);
    await importFolder('Entities', 'genes');
    await answer('What the labels of genes mean');
    await until('the setting', () => /models[\\/]genes/u.test(setting('model.path')));
    const own = await until(
      'the hover',
      async () => (await hoverAt(document, text.indexOf('TP53') + 1)) || false,
    );
    assert.match(own, /\*\*TP53\*\* — Gene/u);
    assert.match(await detailsAt(document, text.indexOf('TP53') + 1), /genes \([0-9a-f]{12}\)/u);
    assert.equal(await hoverAt(document, text.indexOf('aspirin') + 1), '');
    await backToShipped('Entities');
    await until('the setting', () => setting('model.path') === '');
    const shipped = await until(
      'the hover',
      async () => (await hoverAt(document, text.indexOf('aspirin') + 1)) || false,
    );
    assert.match(shipped, /Chemical/u);
    assert.match(await detailsAt(document, text.indexOf('aspirin') + 1), /BioBERT compact/u);
  });

  it('compares the current tagger with an imported one', async () => {
    await openNew('compared.txt', 'Carriers of a TP53 mutation took aspirin.\n');
    void vscode.commands.executeCommand('biobert.compareModels');
    await answer('Compare the tagger in use with', 'genes');
    const report = await until(
      'the report',
      () =>
        vscode.window.activeTextEditor?.document.uri.scheme === 'biobert-compare' &&
        vscode.window.activeTextEditor,
    );
    const text = report.document.getText();
    assert.match(text, /Found by both: 1\n/u);
    assert.match(text, /## Only BioBERT compact [^\n]*: 1\n\n- aspirin \(Chemical\): line 1\n/u);
    assert.match(text, /## Only genes [0-9a-f]{12}: 0/u);
    await window.screenshot('models-compared');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      report.document.uri,
    );
    assert.equal(links.length, 1);
  });

  it('imports a relation model, asks how it was trained, and uses it in the panel', async () => {
    await openNew('own-relations.txt', 'TP53 causes cancer in the carriers.\n');
    await vscode.commands.executeCommand('biobert.tagDocument');
    await showPanel();
    await importFolder('Relations', 'gad');
    await answer('How gad was trained to read two names');
    await answer('What the labels of gad mean');
    await until('the setting', () => /models[\\/]gad/u.test(setting('model.relationsPath')));
    await until('its name in the panel', async () =>
      (await panel.texts('.summary')).some((words) => /gad [0-9a-f]{12}/u.test(words)),
    );
    const labels = await panel.attributes('.row', 'aria-label');
    assert.ok(
      labels.some((label) => label.includes('TP53') && label.includes('cancer')),
      labels.join('\n'),
    );
    await window.screenshot('models-relations');
    await backToShipped('Relations');
    await until('the setting', () => setting('model.relationsPath') === '');
    await until('the shipped one', async () =>
      (await panel.texts('.summary')).some((words) => words.includes('BioBERT compact relations')),
    );
  });

  it('imports a question model of SQuAD 1, and shows its answers and its limits in the panel', async () => {
    await openNew('own-questions.txt', 'Carriers of a TP53 mutation took aspirin.\n');
    await importFolder('Questions', 'squad');
    await answer('How squad was trained');
    await until('the setting', () => /models[\\/]squad/u.test(setting('model.questionsPath')));
    await showPanel();
    await panel.fill('.question-box input', 'Which gene causes cancer?');
    await panel.press('.question-box input', 'Enter');
    await until('the answer', async () => (await panel.count('.searched')) > 0, 60_000);
    assert.deepEqual((await panel.texts('.answer-text'))[0], 'TP53');
    assert.match((await panel.texts('.searched')).join(), /squad [0-9a-f]{12}/u);
    assert.match((await panel.texts('.doubt')).join(), /always gives an answer/u);
    await window.screenshot('models-questions');
    await backToShipped('Questions');
    await until('the setting', () => setting('model.questionsPath') === '');
    await panel.press('.question-box input', 'Enter');
    await until('the shipped one', async () =>
      (await panel.texts('.searched')).some((words) => words.includes('BioBERT compact reader')),
    );
  });
});
