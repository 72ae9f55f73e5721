import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { fileOfDocument, isPaperFile } from '../documents/paperUri';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Opens the PDF, Word or Excel file of a text: in VS Code if an extension shows it, else in the program of the system. */
export function register({ log }: Pick<CommandParts, 'log'>): vscode.Disposable {
  return registerCommand(commandIds.openPaper, log, async (target) => {
    const uri = typeof target === 'string' ? vscode.Uri.parse(target) : target;
    const document = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
    const file = document && fileOfDocument(document);
    if (!file || !isPaperFile(file)) return;
    const isLocal = file.scheme === 'file' && vscode.env.remoteName === undefined;
    if (isLocal && !hasViewer(file) && (await vscode.env.openExternal(file))) return;
    await vscode.commands.executeCommand('vscode.open', file);
  });
}

interface Contributions {
  readonly customEditors?: readonly {
    readonly selector?: readonly { readonly filenamePattern?: string }[];
  }[];
}

/** Whether an extension shows files of this kind in the editor. */
function hasViewer(file: vscode.Uri): boolean {
  const ending = file.path.slice(file.path.lastIndexOf('.')).toLowerCase();
  return vscode.extensions.all.some(({ packageJSON }) => {
    const { contributes } = packageJSON as { readonly contributes?: Contributions };
    const selectors = (contributes?.customEditors ?? []).flatMap(({ selector }) => selector ?? []);
    return selectors.some(({ filenamePattern }) => filenamePattern?.toLowerCase().endsWith(ending) === true);
  });
}
