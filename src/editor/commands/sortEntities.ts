import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { sortOrders, type SortOrder } from '../entities/entityTree';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

export function register({ view, log }: Pick<CommandParts, 'view' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.sortEntities, log, async () => {
    const items = sortOrders.map((order) => ({
      order,
      label: orderName(order),
      ...(order === view.options.order && { description: vscode.l10n.t('current') }),
    }));
    const placeHolder = vscode.l10n.t('Sort names by');
    const picked = await vscode.window.showQuickPick(items, { placeHolder });
    if (picked) await view.options.sortBy(picked.order);
  });
}

function orderName(order: SortOrder): string {
  switch (order) {
    case 'count':
      return vscode.l10n.t('Number of Mentions');
    case 'name':
      return vscode.l10n.t('Name');
    case 'position':
      return vscode.l10n.t('Position in the Text');
  }
}
