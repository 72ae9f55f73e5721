import type * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

export function register({ view, log }: Pick<CommandParts, 'view' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.listDocument, log, () => view.options.list('document'));
}
