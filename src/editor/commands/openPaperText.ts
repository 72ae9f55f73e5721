import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { commandIds } from '../commandIds';
import { documentOfFile, isPaperFile } from '../documents/paperUri';
import { withCancel } from '../progress';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Opens the text of a PDF, Word or Excel file: the one that was clicked in the explorer, or that is open in a tab. */
export function register({ papers, log }: Pick<CommandParts, 'papers' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.openPaperText, log, async (clicked) => {
    const file = clicked instanceof vscode.Uri ? clicked : activeFile();
    if (!file || !isPaperFile(file)) throw noPaper();
    const document = documentOfFile(file);
    // Extracting it first gives a better message if it fails than opening it would.
    await withCancel(vscode.l10n.t('Reading the text'), (signal) => papers.textOf(document, signal));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(document), {
      preview: true,
    });
  });
}

/** The file of the active tab, which a PDF viewer may show. */
function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const hasUri = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return hasUri ? input.uri : undefined;
}

function noPaper(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No PDF, Word or Excel file is selected.'),
    vscode.l10n.t('Right-click one in the explorer.'),
  );
}
