import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

type Parts = Pick<CommandParts, 'store' | 'files' | 'view' | 'log'>;

/** Clears what is listed: the active document, or all documents while the list shows all. */
export function register({ store, files, view, log }: Parts): vscode.Disposable {
  return registerCommand(commandIds.clearTags, log, () => {
    const document = vscode.window.activeTextEditor?.document;
    if (view.scope === 'document' && document) {
      files.forget(document.uri);
      store.clear(document);
      return;
    }
    files.clear();
    store.clearAll();
    view.list('document');
  });
}
