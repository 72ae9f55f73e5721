import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { supportedFiles } from '../documents/supportedFiles';
import type { Settings } from '../settings';

/** @returns undefined when the user thought better of it. @throws {BioBertError} where no folder is open. */
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

/** @throws {BioBertError} where the folder holds none that can be read. */
export async function documentsOf(
  folder: vscode.WorkspaceFolder,
  settings: Settings,
): Promise<readonly vscode.Uri[]> {
  const files = await supportedFiles(folder, settings.languages);
  if (files.length === 0) {
    throw new BioBertError(
      errorCodes.DOCUMENT_FORMAT_UNKNOWN,
      vscode.l10n.t('The folder holds no documents of the languages in the settings.'),
      vscode.l10n.t('Add languages to "biobert.languages", or open another folder.'),
    );
  }
  return files;
}
