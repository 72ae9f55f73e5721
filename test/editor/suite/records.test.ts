import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, openNew, until } from '../support';
import { selectors, window } from '../window';

const filler = 'The dose was raised every week until it was tolerated no longer. '.repeat(60);

const ris = `TY  - JOUR
AU  - Okafor, N.
PY  - 2019
TI  - Metformin and adenoma
AB  - Metformin activates AMPK.
ER  - 

TY  - JOUR
AU  - Ferrante, G.
AU  - Lee, B.
PY  - 2020
TI  - Quenzolimab in a patient with acromegaly
AB  - ${filler}Quenzolimab was well tolerated.
ER  - 
`;

const draft = 'Our draft mentions quenzolimab once.\n';

/** Opens the file of records as a click on evidence does: with a sentence selected. */
async function openAt(words: string): Promise<vscode.TextEditor> {
  const { document } = await openNew('set.ris', ris);
  const start = document.positionAt(ris.indexOf(words));
  return vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
}

describe('A file of records', function () {
  this.timeout(120_000);

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    await closeAll();
  });

  it('shows its records in the outline, folds them and wraps long lines', async () => {
    const { document } = await openAt('Metformin');
    assert.equal(document.languageId, 'ris');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name, range }) => [name, range.start.line, range.end.line]),
      [
        ['Okafor 2019, Metformin and adenoma', 0, 5],
        ['Ferrante 2020, Quenzolimab in a patient with acromegaly', 7, 13],
      ],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [
        [0, 5],
        [7, 13],
      ],
    );
    assert.equal(vscode.workspace.getConfiguration('editor', document).get('wordWrap'), 'on');
  });

  it('names the paper of a sentence above it', async () => {
    await openAt('Quenzolimab was well');
    await until('the breadcrumb', async () =>
      (await window.texts('.breadcrumbs-control .monaco-breadcrumb-item')).some((label) =>
        label.includes('Ferrante 2020, Quenzolimab in a patient'),
      ),
    );
    await until('the line of the title above the text', async () =>
      (await window.texts('.sticky-widget'))
        .join()
        .replaceAll('\u00a0', ' ')
        .includes('TI  - Quenzolimab in a patient'),
    );
  });

  it('is searched for a name without an open document, and mentions are listed by paper', async () => {
    await openNew('set.ris', ris);
    await openNew('draft.md', draft);
    await closeAll();
    const command = vscode.commands.executeCommand('biobert.findAllMentions');
    await until(
      'the question for a name',
      async () => (await window.count('.quick-input-widget:visible')) > 0,
    );
    await window.type('quenzolimab');
    await window.press('Enter');
    await command;
    const rows = await until('the mentions', async () => {
      const found = await window.texts(selectors.tree);
      return found.some((row) => row.includes('Our draft mentions')) && found;
    });
    assert.ok(
      rows.some((row) => row.includes('Ferrante 2020, Quenzolimab in a patient')),
      rows.join('\n'),
    );
    assert.ok(
      rows.some((row) => row.includes('draft.md')),
      rows.join('\n'),
    );
    assert.ok(!rows.some((row) => row.includes('Okafor 2019')), rows.join('\n'));
    await vscode.commands.executeCommand('references-view.clear');
  });
});
