import type * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Opens the sample abstract and tags it or, with the argument `review`, opens the sample review. */
export function register({ samples, log }: Pick<CommandParts, 'samples' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.openSample, log, (view) =>
    samples.open(view === 'review' ? 'review' : 'abstract'),
  );
}
