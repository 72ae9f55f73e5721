import type * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Opens the graph of the listed relations in an editor. */
export function register({ panel, log }: Pick<CommandParts, 'panel' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.openGraph, log, () => panel.openGraph());
}
