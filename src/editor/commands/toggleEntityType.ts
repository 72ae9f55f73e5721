import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { shippedTypes, typeHeading } from '../entities/typeLooks';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

/** Chooses which types are marked and listed. What is hidden is kept, and shows again without work. */
export function register({ settings, log }: Pick<CommandParts, 'settings' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.toggleEntityType, log, async () => {
    const scope = vscode.window.activeTextEditor?.document.uri;
    const items = shippedTypes.map((type) => ({
      label: typeHeading(type),
      picked: settings.isShown(type, scope ?? { languageId: 'plaintext' }),
      type,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Entity Types'),
      placeHolder: vscode.l10n.t('Choose what is marked and listed'),
      canPickMany: true,
    });
    if (picked)
      await writeTypes(
        picked.map(({ type }) => type),
        scope,
      );
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
