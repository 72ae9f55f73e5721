import * as vscode from 'vscode';
import type { CommandParts } from '../commands/parts';

/** How far the papers of the folder have been read: without it, a name is sought in the text as it is written. */
export type FolderReading = 'read' | 'reading' | 'unread';

export function folderReading({ index }: Pick<CommandParts, 'index'>): FolderReading {
  if (vscode.workspace.workspaceFolders === undefined) return 'read';
  const { work, exists } = index();
  if (work) return 'reading';
  return exists ? 'read' : 'unread';
}

/** The title of the list of names. It says why names are lacking in the list. */
export function listTitle(reading: FolderReading): string {
  if (reading === 'reading') return vscode.l10n.t('Find All Mentions: the folder is still being read');
  if (reading === 'unread') return vscode.l10n.t('Find All Mentions: the folder has not been read');
  return vscode.l10n.t('Find All Mentions');
}
