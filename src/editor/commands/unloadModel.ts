import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { announce } from './announce';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Ends the engine process. Marks stay, and the next request loads the model again. */
export function register({ engine, log }: Pick<CommandParts, 'engine' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.unloadModel, log, async () => {
    await engine.unload();
    announce(vscode.l10n.t('The models were removed from memory. They are loaded again when needed.'));
  });
}
