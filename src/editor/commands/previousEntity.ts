import type * as vscode from 'vscode';
import { entityBefore } from '../annotations/entityLookup';
import { commandIds } from '../commandIds';
import { goToEntity } from './goToEntity';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Selects the previous entity; before the first one, the last. */
export function register({ source, log }: Pick<CommandParts, 'source' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.previousEntity, log, () => goToEntity(source, entityBefore));
}
