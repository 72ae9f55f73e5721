import type * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Moves the focus to the input box of the panel. */
export function register({ panel, log }: Pick<CommandParts, 'panel' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.askQuestion, log, () => panel.ask(''));
}
