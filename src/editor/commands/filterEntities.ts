import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { EntitiesView } from '../entities/entitiesView';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Filters the list while the user types. Escape restores the previous filter. */
export function register({ view, log }: Pick<CommandParts, 'view' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.filterEntities, log, () => askForFilter(view));
}

function askForFilter(view: EntitiesView): void {
  const before = view.options.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter Entities');
  input.placeholder = vscode.l10n.t('Part of a name or of an identifier');
  input.value = before;
  let isAccepted = false;
  input.onDidChangeValue((value) => view.options.filterBy(value));
  input.onDidAccept(() => {
    isAccepted = true;
    input.hide();
  });
  input.onDidHide(() => {
    if (!isAccepted) view.options.filterBy(before);
    input.dispose();
  });
  input.show();
}
