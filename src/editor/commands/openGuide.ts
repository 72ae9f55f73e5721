import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Opens the first page of the guide, which ships with the extension, as VS Code shows Markdown. */
export function register({ context, log }: Pick<CommandParts, 'context' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.openGuide, log, async () => {
    const page = vscode.Uri.joinPath(context.extensionUri, 'docs', 'guide', 'README.md');
    const commands = await vscode.commands.getCommands(true);
    // The preview is an extension of its own, which can be turned off.
    if (commands.includes('markdown.showPreview'))
      await vscode.commands.executeCommand('markdown.showPreview', page);
    else await vscode.window.showTextDocument(page);
  });
}
