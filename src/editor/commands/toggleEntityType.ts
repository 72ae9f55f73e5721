import * as vscode from 'vscode';
import { shippedTypes } from '../../core/entityTypes';
import type { EntityType } from '../../core/types';
import { commandIds } from '../commandIds';
import { offeredTypes, typeHeading } from '../entities/typeLooks';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

/** Chooses which types are marked and listed. What is hidden is kept, and shows again without work. */
export function register({
  engine,
  settings,
  log,
}: Pick<CommandParts, 'engine' | 'settings' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.toggleEntityType, log, async () => {
    const scope = vscode.window.activeTextEditor?.document.uri;
    const set = new Set(settings.types(scope ?? { languageId: 'plaintext' }));
    const offered = offeredTypes(engine.status.model?.types).filter((type) => settings.isChoosable(type));
    const items = offered.map((type) => ({ label: typeHeading(type), picked: set.has(type), type }));
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Entity Types'),
      placeHolder: vscode.l10n.t('Choose what is marked and listed'),
      canPickMany: true,
    });
    if (!picked) return;
    const chosen = new Set<EntityType>(picked.map(({ type }) => type));
    // What was not offered stays as it is: another model may have it.
    const types = shippedTypes.filter((type) => (offered.includes(type) ? chosen : set).has(type));
    await writeTypes(types, scope);
  });
}

/** Where the setting is already made it is changed; a value there would hide one written elsewhere. */
async function writeTypes(types: readonly string[], scope: vscode.Uri | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('biobert', scope);
  const made = configuration.inspect('types');
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const inWorkspace = made?.workspaceValue === undefined ? Global : Workspace;
  const target = made?.workspaceFolderValue === undefined ? inWorkspace : WorkspaceFolder;
  await configuration.update('types', types, target);
}
