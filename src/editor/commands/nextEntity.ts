import type * as vscode from 'vscode';
import { entityAfter } from '../annotations/find';
import { commandIds } from '../commandIds';
import { goToEntity } from './goToEntity';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

/** Moves the selection to the next mention; from the last to the first. */
export function register({ source, log }: Pick<CommandParts, 'source' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.nextEntity, log, () => goToEntity(source, entityAfter));
}
