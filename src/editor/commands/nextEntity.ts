import type * as vscode from 'vscode';
import { entityAfter } from '../annotations/entityLookup';
import { commandIds } from '../commandIds';
import { goToEntity } from './goToEntity';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Selects the next entity; after the last one, the first. */
export function register({ source, log }: Pick<CommandParts, 'source' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.nextEntity, log, () => goToEntity(source, entityAfter));
}
