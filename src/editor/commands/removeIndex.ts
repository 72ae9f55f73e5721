import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { announce } from './announce';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Deletes the index of the workspace from the disk. */
export function register({ index, log }: Pick<CommandParts, 'index' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.removeIndex, log, async () => {
    await index().remove();
    announce(vscode.l10n.t('The index of the folder is removed.'));
  });
}
