import type * as vscode from 'vscode';
import { entityBefore } from '../annotations/find';
import { commandIds } from '../commandIds';
import { goToEntity } from './goToEntity';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

/** Moves the selection to the previous mention; from the first to the last. */
export function register({ source, log }: Pick<CommandParts, 'source' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.previousEntity, log, () => goToEntity(source, entityBefore));
}
