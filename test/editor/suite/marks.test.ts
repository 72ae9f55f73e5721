import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, extension, open, openNew, sample, until } from '../support';
import { selectors, window } from '../window';

async function api(): Promise<BioBertApi> {
  return (await extension().activate()) as BioBertApi;
}

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('biobert').update(name, value, vscode.ConfigurationTarget.Global);
}

async function lineStyles(): Promise<ReadonlySet<string>> {
  return new Set(await window.styles(selectors.marks, 'border-bottom-style'));
}

const paragraphs = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `${index}. Patients took tamoxifen for breast cancer.\n\n`,
  ).join('');

describe('Marks', () => {
  afterEach(async () => {
    await set('types', undefined);
    await set('limits.maxMarks', undefined);
    await closeAll();
  });

  it('distinguish the types by the line, not by colour alone', async () => {
    await open(sample('abstract.txt'));
    await vscode.commands.executeCommand('biobert.tagDocument');
    await until('three line styles', async () => {
      const styles = await lineStyles();
      return ['solid', 'dotted', 'dashed'].every((style) => styles.has(style));
    });
  });

  it('disappear and return when a type is turned off and on', async () => {
    await open(sample('abstract.txt'));
    await vscode.commands.executeCommand('biobert.tagDocument');
    await until('chemicals', async () => (await lineStyles()).has('dashed'));
    await set('types', ['Gene', 'Disease']);
    await until('no chemicals', async () => !(await lineStyles()).has('dashed'));
    assert.ok((await lineStyles()).has('solid'));
    await set('types', undefined);
    await until('chemicals again', async () => (await lineStyles()).has('dashed'));
  });

  it('are removed by Clear Tags', async () => {
    await open(sample('abstract.txt'));
    await vscode.commands.executeCommand('biobert.tagDocument');
    await until('marks', async () => (await window.count(selectors.marks)) > 0);
    await vscode.commands.executeCommand('biobert.clearTags');
    await until('no marks', async () => (await window.count(selectors.marks)) === 0);
  });

  it('are drawn only near the visible text if there are too many, and the status item says so', async () => {
    const editor = await openNew('many.txt', paragraphs(300));
    const entities = await (await api()).tagEntities(editor.document);
    assert.ok(entities.length >= 500, `${entities.length} mentions`);
    await set('limits.maxMarks', 100);
    for (const offset of [editor.document.getText().length, 0]) {
      const place = editor.document.positionAt(offset);
      editor.revealRange(new vscode.Range(place, place));
      await until(`marks at ${offset}`, async () => (await window.count(selectors.marks)) >= 10);
    }
    await window.hover(selectors.statusItem);
    await until('the note', async () =>
      (await window.texts(selectors.hover)).some((text) => text.includes('100 marks')),
    );
  });

  it('appear in both editors of a document', async () => {
    const { document } = await open(sample('abstract.txt'));
    await (await api()).tagEntities(document);
    await until('marks', async () => (await window.count(selectors.marks)) > 0);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
    const mark = selectors.marks.split(',')[0] ?? '';
    const marksIn = (group: string) => window.count(`.editor-group-container.${group} ${mark}`);
    await until(
      'marks in two editors',
      async () => (await marksIn('active')) > 0 && (await marksIn('inactive')) > 0,
    );
  });
});
