import type * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

export function register({ log }: Pick<CommandParts, 'log'>): vscode.Disposable {
  return registerCommand(commandIds.showLog, log, () => log.show());
}
