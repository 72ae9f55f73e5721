import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

type Parts = Pick<CommandParts, 'store' | 'files' | 'view' | 'log'>;

/** Removes the entities of the active document or, if the list shows the folder, of all documents. */
export function register({ store, files, view, log }: Parts): vscode.Disposable {
  return registerCommand(commandIds.clearTags, log, () => {
    const document = vscode.window.activeTextEditor?.document;
    if (view.options.scope === 'document' && document) {
      files.forget(document.uri);
      store.clear(document);
      return;
    }
    files.clear();
    store.clearAll();
    view.options.list('document');
  });
}
