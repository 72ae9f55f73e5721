import * as vscode from 'vscode';
import { shippedTypes } from '../../core/entities/entityTypes';
import type { EntityType } from '../../core/types';
import { commandIds } from '../commandIds';
import { offeredTypes, typeHeading } from '../entities/typeLooks';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Lets the user choose the visible types. Hidden entities are kept, so that showing them again needs no model. */
export function register({
  engine,
  settings,
  log,
}: Pick<CommandParts, 'engine' | 'settings' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.toggleEntityType, log, async () => {
    const scope = vscode.window.activeTextEditor?.document.uri;
    const current = new Set(settings.types(scope ?? { languageId: 'plaintext' }));
    const offered = offeredTypes(engine.status.model?.types).filter((type) => settings.isChoosable(type));
    const items = offered.map((type) => ({ label: typeHeading(type), picked: current.has(type), type }));
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Entity Types'),
      placeHolder: vscode.l10n.t('Choose what is marked and listed'),
      canPickMany: true,
    });
    if (!picked) return;
    const chosen = new Set<EntityType>(picked.map(({ type }) => type));
    // Types that were not offered keep their setting, since another model may predict them.
    const types = shippedTypes.filter((type) => (offered.includes(type) ? chosen : current).has(type));
    await writeTypes(types, scope);
  });
}

/** Writes the setting at the level where it is already set, since that value would override one at a higher level. */
async function writeTypes(types: readonly string[], scope: vscode.Uri | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('biobert', scope);
  const values = configuration.inspect('types');
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const inWorkspace = values?.workspaceValue === undefined ? Global : Workspace;
  const target = values?.workspaceFolderValue === undefined ? inWorkspace : WorkspaceFolder;
  await configuration.update('types', types, target);
}
