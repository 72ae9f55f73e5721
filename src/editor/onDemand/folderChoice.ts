import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { supportedFiles } from '../documents/supportedFiles';
import type { LeftOutFiles } from '../documents/leftOutFiles';
import type { Settings } from '../settings';

/**
 * Lets the user choose a workspace folder, if there is more than one.
 *
 * @returns undefined if the user cancelled.
 * @throws {BioBertError} if no folder is open.
 */
export async function chooseFolder(placeHolder: string): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    return vscode.window.showWorkspaceFolderPick({ placeHolder });
  }
  if (folders[0]) return folders[0];
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No folder is open.'),
    vscode.l10n.t('Open the folder that holds your documents.'),
  );
}

/** Returns the documents of a folder that the user does not leave out. @throws {BioBertError} if it has none in the user's languages. */
export async function documentsOf(
  folder: vscode.WorkspaceFolder,
  { settings, leftOut }: { readonly settings: Settings; readonly leftOut: LeftOutFiles },
): Promise<readonly vscode.Uri[]> {
  const found = await supportedFiles(folder, settings.languages);
  await leftOut.refresh();
  const files = found.filter((uri) => !leftOut.has(uri));
  if (files.length === 0) {
    throw new BioBertError(
      errorCodes.DOCUMENT_FORMAT_UNKNOWN,
      vscode.l10n.t('The folder holds no documents of the languages in the settings.'),
      vscode.l10n.t('Add languages to "biobert.languages", or open another folder.'),
    );
  }
  return files;
}
