import type * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/**
 * Exports the evidence. Other extensions and key bindings may give the format:
 *
 * @example
 * vscode.commands.executeCommand('biobert.exportEvidence', { format: 'excel' });
 */
export function register({ panel, log }: Pick<CommandParts, 'panel' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.exportEvidence, log, (options) => {
    const { format } = (options ?? {}) as { readonly format?: unknown };
    return panel.exportEvidence(format);
  });
}
