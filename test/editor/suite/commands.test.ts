import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Entity } from '../../../src/core/types';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, engineProcesses, extension, openNew, until } from '../support';
import { notifications, selectors, window } from '../window';

const first = 'Tamoxifen lowers the risk of breast cancer in carriers of BRCA1 mutations.';
const second = 'Cisplatin caused neutropenia, and loss of TP53 made glioma cells resistant to cisplatin.';
const text = `${first}\n\n${second}\n`;

async function entitiesOf(document: vscode.TextDocument): Promise<readonly Entity[]> {
  return ((await extension().activate()) as BioBertApi).entitiesOf(document) ?? [];
}

async function openTagged(name: string, content = text): Promise<vscode.TextEditor> {
  const editor = await openNew(name, content);
  await vscode.commands.executeCommand('biobert.tagDocument');
  await until('entities', async () => (await entitiesOf(editor.document)).length > 0);
  return editor;
}

function select(editor: vscode.TextEditor, word: string): void {
  const start = editor.document.positionAt(editor.document.getText().indexOf(word));
  editor.selection = new vscode.Selection(start, start.translate(0, word.length));
}

function selected({ document, selection }: vscode.TextEditor): string {
  return document.getText(selection);
}

/** Returns the texts of the status bar. */
async function statusTexts(): Promise<string[]> {
  return await window.attributes('.statusbar-item', 'aria-label');
}

describe('The commands', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('biobert.clearTags');
    await closeAll();
  });

  it('tag a document, mark it and show the counts in the status bar', async () => {
    const editor = await openTagged('tag-document.txt');
    const entities = await entitiesOf(editor.document);
    for (const name of ['breast cancer', 'TP53', 'glioma'])
      assert.ok(
        entities.some((entity) => entity.name === name),
        `${name} in ${entities.map((e) => e.name).join()}`,
      );
    for (const { start, end, text: own } of entities) assert.equal(own, text.slice(start, end));
    await until('marks', async () => (await window.count(selectors.marks)) > 0);
    await until('counts in the status bar', async () => {
      const counts = new RegExp(
        `^${String(entities.length)} mentions: Genes \\d+, Diseases \\d+, Chemicals \\d+`,
      );
      return (await statusTexts()).some((label) => counts.test(label));
    });
    assert.equal(await window.count(selectors.toasts), 0);
  });

  it('tag the paragraph of a selection and nothing else', async () => {
    const editor = await openNew('tag-selection.txt', text);
    select(editor, 'TP53');
    await vscode.commands.executeCommand('biobert.tagSelection');
    const entities = await entitiesOf(editor.document);
    assert.ok(entities.some(({ name }) => name === 'TP53'));
    assert.deepEqual(
      entities.filter(({ start }) => start < first.length),
      [],
    );
  });

  it('say what to do when nothing is selected', async () => {
    const editor = await openNew('no-selection.txt', text);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const command = vscode.commands.executeCommand('biobert.tagSelection');
    await until('a message', async () =>
      (await notifications()).some((message) => message.includes('No text is selected.')),
    );
    await vscode.commands.executeCommand('notifications.clearAll');
    await command;
  });

  it('go to the next entity, from the last one to the first, and announce it', async () => {
    const editor = await openTagged('next.txt');
    const entities = await entitiesOf(editor.document);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const visited: string[] = [];
    for (let step = 0; step < entities.length; step++) {
      await vscode.commands.executeCommand('biobert.nextEntity');
      visited.push(selected(editor));
    }
    const names = entities.map((entity) => entity.text);
    // The first mention starts at the caret, so the search begins after it and ends on it.
    assert.deepEqual(visited, entities[0]?.start === 0 ? [...names.slice(1), names[0]] : names);
    const position = `${String(entities.length)} of ${String(entities.length)}`;
    await vscode.commands.executeCommand('biobert.previousEntity');
    await until('an announcement', async () =>
      (await statusTexts()).some((label) => label.endsWith(position)),
    );
  });

  it('go to the previous entity, from the first one to the last', async () => {
    const editor = await openTagged('previous.txt');
    const entities = await entitiesOf(editor.document);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const visited: string[] = [];
    for (let step = 0; step < entities.length; step++) {
      await vscode.commands.executeCommand('biobert.previousEntity');
      visited.push(selected(editor));
    }
    assert.deepEqual(visited, entities.map((entity) => entity.text).reverse());
  });

  it('find all mentions of the entity at the caret, in any letter case and in other documents', async () => {
    await openNew('other-document.txt', 'A second text. CISPLATIN was stopped. The cisplatinum arm went on.');
    const editor = await openTagged('find-all.txt');
    const at = text.lastIndexOf('cisplatin') + 2;
    const position = editor.document.positionAt(at);
    editor.selection = new vscode.Selection(position, position);
    const command = vscode.commands.executeCommand('biobert.findAllMentions');
    await until('the list of references', async () => {
      const texts = (await window.texts(selectors.tree)).join('\n');
      return texts.includes('find-all.txt') && texts.includes('other-document.txt');
    });
    await command;
    await until('the count', async () =>
      (await statusTexts()).some((label) => /^cisplatin: \d+ mentions$/i.test(label)),
    );
    await vscode.commands.executeCommand('references-view.clear');
  });

  it('find all mentions of a concept, under its other names and in other documents', async () => {
    await openNew('other-names.txt', 'The second arm was given acetaminophen only.\n');
    const content = 'Acetaminophen was given to patients with breast cancer. Tylenol was well tolerated.\n';
    const editor = await openNew('find-concept.txt', content);
    await vscode.commands.executeCommand('biobert.tagDocument');
    const position = editor.document.positionAt(content.indexOf('Tylenol') + 2);
    editor.selection = new vscode.Selection(position, position);
    const command = vscode.commands.executeCommand('biobert.findAllMentions');
    await until('the list of references', async () => {
      const texts = (await window.texts(selectors.tree)).join('\n');
      return texts.includes('find-concept.txt') && texts.includes('other-names.txt');
    });
    await command;
    await until('the count', async () =>
      (await statusTexts()).some((label) => /^Tylenol: 3 mentions$/.test(label)),
    );
    await vscode.commands.executeCommand('references-view.clear');
  });

  it('hide a type at once, and show it again without the model', async () => {
    const editor = await openTagged('types.txt');
    const before = await until('marks', async () => (await window.count(selectors.marks)) || false);
    const configuration = vscode.workspace.getConfiguration('biobert');
    await configuration.update('types', ['Gene'], vscode.ConfigurationTarget.Global);
    try {
      await until('fewer marks', async () => (await window.count(selectors.marks)) < before);
      await vscode.commands.executeCommand('biobert.unloadModel');
      await configuration.update('types', undefined, vscode.ConfigurationTarget.Global);
      await until('the marks again', async () => (await window.count(selectors.marks)) === before);
      assert.deepEqual(engineProcesses(), []);
    } finally {
      await configuration.update('types', undefined, vscode.ConfigurationTarget.Global);
    }
    assert.ok((await entitiesOf(editor.document)).length > 0);
  });

  it('choose types in a list', async () => {
    await openTagged('choose-types.txt');
    const command = vscode.commands.executeCommand('biobert.toggleEntityType');
    const boxes = '.quick-input-list .monaco-list-row';
    // Species is offered too if the model predicts it.
    await until('the list', async () => (await window.count(boxes)) >= 3);
    assert.deepEqual((await window.texts(boxes)).map((label) => label.trim()).slice(0, 3), [
      'Genes',
      'Diseases',
      'Chemicals',
    ]);
    await window.click(`${boxes} >> nth=0`);
    await window.press('Enter');
    await command;
    const configuration = vscode.workspace.getConfiguration('biobert');
    assert.deepEqual(configuration.get('types'), ['Disease', 'Chemical', 'Species']);
    await configuration.update('types', undefined, vscode.ConfigurationTarget.Global);
  });

  it('clear the tags of a document', async () => {
    const editor = await openTagged('clear.txt');
    await vscode.commands.executeCommand('biobert.clearTags');
    assert.deepEqual(await entitiesOf(editor.document), []);
    await until('no marks', async () => (await window.count(selectors.marks)) === 0);
  });

  it('unload the model: its process ends, the marks stay, and the next request loads it', async () => {
    const editor = await openTagged('unload.txt');
    const entities = await entitiesOf(editor.document);
    assert.equal(engineProcesses().length, 1);
    await vscode.commands.executeCommand('biobert.unloadModel');
    await until('no process', () => engineProcesses().length === 0);
    assert.deepEqual(await entitiesOf(editor.document), entities);
    await vscode.commands.executeCommand('biobert.tagDocument');
    assert.equal(engineProcesses().length, 1);
  });

  it('report an issue without a word of the document', async () => {
    await openTagged('secret-draft.txt', `${first} Unpublished: xylophonin cures gout.\n`);
    await vscode.commands.executeCommand('biobert.reportIssue');
    const report = await until('the report', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.isUntitled === true && document.getText();
    });
    for (const fact of ['Extension: ', 'Model: ', 'Settings', 'log']) assert.ok(report.includes(fact), fact);
    for (const word of ['Tamoxifen', 'xylophonin', 'BRCA1', 'secret-draft'])
      assert.ok(!report.includes(word), word);
  });

  it('show the log', async () => {
    await vscode.commands.executeCommand('biobert.showLog');
    await until(
      'the output panel',
      async () => (await window.count('.panel .output-view, .output-view-container')) > 0,
    );
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });
});
