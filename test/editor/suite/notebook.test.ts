import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, extension, hoverAt, openNew, sample, until } from '../support';
import { selectors, window } from '../window';

async function api(): Promise<BioBertApi> {
  return (await extension().activate()) as BioBertApi;
}

/** Shows a notebook in the notebook editor. */
async function show(uri: vscode.Uri): Promise<vscode.NotebookDocument> {
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

/** Returns the hover at the first `name` at or after `from`. */
async function hoverOn(document: vscode.TextDocument, name: string, from = 0): Promise<string> {
  const at = document.getText().indexOf(name, from);
  assert.ok(at >= 0, `No ${name} in the document`);
  return await hoverAt(document, at + 1);
}

const ptgs2 =
  /\*\*PTGS2\*\* — Gene · \d+ %.*\n.*\[NCBI Gene 5743\]\(https:\/\/www\.ncbi\.nlm\.nih\.gov\/gene\/5743\)/;

/** Closes the notebook without saving it. */
afterEach(closeAll);

describe('A notebook', () => {
  // VS Code does not wait for an extension that is activated by opening a document.
  before(api);

  it('has hovers in its Markdown cells, with the concepts', async () => {
    const notebook = await show(sample('notebook.ipynb'));
    const { document } = notebook.cellAt(0);
    assert.equal(document.uri.scheme, 'vscode-notebook-cell');
    assert.match(await hoverOn(document, 'PTGS2'), ptgs2);
    assert.match(await hoverOn(document, 'Aspirin'), /\*\*Aspirin\*\* — Chemical/);
    assert.match(await hoverOn(notebook.cellAt(2).document, 'Celecoxib'), /\*\*Celecoxib\*\* — Chemical/);
  });

  it('has no hovers in its code cells', async () => {
    const notebook = await show(sample('notebook.ipynb'));
    const { document } = notebook.cellAt(1);
    assert.equal(document.languageId, 'python');
    assert.equal(await hoverOn(document, 'rofecoxib'), '');
  });

  it('does not count its own file among the other documents of the folder', async () => {
    await openNew('other.txt', 'Celecoxib inhibits PTGS2.\n');
    await vscode.commands.executeCommand('biobert.tagWorkspaceFolder');
    const notebook = await show(sample('notebook.ipynb'));
    const { document } = notebook.cellAt(2);
    const text = await until('the folder', async () => {
      const hover = await hoverOn(document, 'Celecoxib');
      return hover.includes('elsewhere') || hover.includes(' more in ') ? hover : undefined;
    });
    assert.match(text, /1 more in 1 document/);
  });

  it('is followed by the links of its hovers to a cell', async () => {
    const notebook = await show(sample('notebook.ipynb'));
    const { document } = notebook.cellAt(0);
    const start = document.getText().indexOf('naproxen');
    const link = { uri: document.uri.toString(), start, end: start + 'naproxen'.length };
    await vscode.commands.executeCommand('biobert.entities.reveal', link);
    const editor = await until('the cell', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document === document ? active : undefined;
    });
    assert.equal(document.getText(editor.selection), 'naproxen');
    assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputNotebook);
  });

  it('marks the names of the cell that is edited, and shows the hover of the name under the pointer', async () => {
    const notebook = await show(sample('notebook.ipynb'));
    await (await api()).tagEntities(notebook.cellAt(0).document);
    await vscode.commands.executeCommand('notebook.focusTop');
    await vscode.commands.executeCommand('notebook.cell.edit');
    await until('marks in the cell', async () => (await window.count(selectors.marks)) > 0);
    await window.hover(`${selectors.lines} span:text("PTGS2")`);
    const shown = await until('the hover', async () =>
      (await window.texts(selectors.hover)).find((text) => text.includes('PTGS2')),
    );
    assert.match(shown, /PTGS2 — Gene/);
    await vscode.commands.executeCommand('notebook.cell.quitEdit');
  });
});

const manuscript = `---
title: "Naproxen and PTGS2"
bibliography: references.bib
---

## Results

Rofecoxib inhibits *PTGS2* [@kaplan2019] in patients with \`r n\` events.

\`\`\`{r}
#| label: fig-rates
#| fig-cap: "Events under celecoxib"
rate <- events["tamoxifen"] / events["placebo"]
\`\`\`

Aspirin inhibits PTGS1.
`;

for (const [name, language] of [
  ['Quarto', 'quarto'],
  ['R Markdown', 'rmd'],
] as const) {
  describe(`A ${name} document`, () => {
    before(api);

    const file = language === 'quarto' ? 'draft.qmd' : 'draft.Rmd';

    const check = async (document: vscode.TextDocument): Promise<void> => {
      const text = document.getText();
      const results = text.indexOf('## Results');
      assert.match(await hoverOn(document, 'PTGS2', results), ptgs2);
      assert.match(await hoverOn(document, 'Aspirin'), /\*\*Aspirin\*\* — Chemical/);
      assert.equal(await hoverOn(document, 'tamoxifen'), '');
      assert.equal(await hoverOn(document, 'placebo'), '');
    };

    it('has hovers in its prose and none in its code, without an extension for its language', async () => {
      const { document } = await openNew(file, manuscript);
      assert.equal(document.languageId, 'plaintext');
      await check(document);
    });

    it('has them with an extension for its language', async () => {
      const { document } = await openNew(`with-extension-${file}`, manuscript);
      await check(await vscode.languages.setTextDocumentLanguage(document, language));
    });

    it('has hovers in its title and in the captions of its figures', async () => {
      const { document } = await openNew(file, manuscript);
      assert.match(await hoverOn(document, 'Naproxen'), /\*\*Naproxen\*\* — Chemical/);
      assert.match(await hoverOn(document, 'celecoxib'), /\*\*celecoxib\*\* — Chemical/);
    });
  });
}
