import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, openNew, until } from '../support';
import { window } from '../window';

const { graph, panel } = window;

const text = [
  'Gefitinib is a selective inhibitor of EGFR in lung cancer.',
  '',
  'Metformin did not inhibit EGFR. Cisplatin induced nephrotoxicity in most patients.',
  '',
].join('\n');

function graphTabs(): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('biobert.graph'),
  );
}

describe('The graph in an editor', () => {
  afterEach(async () => {
    await closeAll();
  });

  it('shows the relations of the panel; a click on a sentence opens it beside', async () => {
    await openNew('graph.txt', text);
    await vscode.commands.executeCommand('biobert.tagDocument');
    await vscode.commands.executeCommand('biobert.panel.focus');
    await until('relations', async () => (await panel.count('.row')) > 0, 60_000);
    await vscode.commands.executeCommand('biobert.openGraph');
    await until('the names', async () => (await graph.count('.name-row')) >= 2, 60_000);
    await until('the drawing', async () => (await graph.count('.graph-drawing .node')) >= 2);
    await graph.click('.name-row:has-text("efitinib")');
    await until('the relations', async () =>
      (await graph.texts('.pane .quote')).some((sentence) => sentence.startsWith('Gefitinib is a selective')),
    );
    await graph.click('.pane .go');
    await until('the sentence', () =>
      vscode.window.visibleTextEditors.some(
        ({ document, selection, viewColumn }) =>
          viewColumn === vscode.ViewColumn.Two &&
          document.getText(selection).startsWith('Gefitinib is a selective inhibitor'),
      ),
    );
  });

  it('opens once, also from the panel, and says what to do if there is nothing to show', async () => {
    await openNew('empty-graph.txt', text);
    await vscode.commands.executeCommand('biobert.panel.focus');
    await until('the panel', async () => (await panel.count('.question-box')) > 0, 60_000);
    await vscode.commands.executeCommand('biobert.openGraph');
    await until('the advice', async () =>
      (await graph.texts('.graph-notice')).some((words) => words.includes('Tag Entities and Find Relations')),
    );
    await vscode.commands.executeCommand('biobert.openGraph');
    assert.equal(graphTabs().length, 1);
  });
});
