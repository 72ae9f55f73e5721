import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { describeError } from '../log';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Opens the first page of the guide, which ships with the extension, as VS Code shows Markdown. */
export function register({ context, log }: Pick<CommandParts, 'context' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.openGuide, log, async () => {
    const page = vscode.Uri.joinPath(context.extensionUri, 'docs', 'guide', 'README.md');
    try {
      await vscode.commands.executeCommand('markdown.showPreview', page);
    } catch (error) {
      // The preview is an extension of its own, which the user can turn off.
      log.warn(`Guide: ${describeError(error)}`);
      await vscode.window.showTextDocument(page);
    }
  });
}
