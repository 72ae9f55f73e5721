import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { announce } from '../commands/announce';
import type { CommandParts } from '../commands/parts';
import { formatCount, mentionsLabel } from '../entities/countLabels';
import { logFailure } from '../log';
import { withCancel } from '../progress';
import { askForName } from './askForName';
import { folderReading, type FolderReading } from './folderReading';
import { findPlaces } from './mentionPlaces';
import { mentionTarget } from './mentionTarget';
import { showMentions } from './mentionsView';

type Parts = Pick<CommandParts, 'source' | 'settings' | 'view' | 'leftOut' | 'index' | 'log'>;

/** Runs the command Find All Mentions; see `RecordsBundle`. */
export async function findAllMentions(args: readonly unknown[], parts: Parts): Promise<void> {
  const reading = folderReading(parts);
  const target = mentionTarget(args, parts.source, parts.view) ?? (await askForName(parts.source, reading));
  if (!target) return;
  const { papers, copied } = await withCancel(vscode.l10n.t('Finding mentions'), (signal, report) =>
    findPlaces(target, parts, { signal, report }),
  );
  const mentions = papers.reduce((sum, { places }) => sum + places.length, 0);
  if (mentions === 0) {
    logFailure(tellNothing(target.name, reading), parts.log, 'telling that there is no mention');
    return;
  }
  await showMentions(target.name, papers);
  const unfinished = reading === 'reading' ? [vscode.l10n.t('the folder is still being read')] : [];
  announce([`${target.name}: ${mentionsLabel(mentions)}`, ...copiesLabel(copied), ...unfinished].join(' · '));
}

/** Says that nothing was found, and what to do if the folder has not been read. */
async function tellNothing(name: string, reading: FolderReading): Promise<void> {
  const nothing = vscode.l10n.t('No mention of {0} was found.', name);
  if (reading === 'read') {
    await vscode.window.showInformationMessage(nothing);
    return;
  }
  if (reading === 'reading') {
    const next = vscode.l10n.t('The folder is still being read: search again when that has finished.');
    await vscode.window.showInformationMessage(`${nothing} ${next}`);
    return;
  }
  const next = vscode.l10n.t('A name is found by all its spellings after the folder has been read.');
  const read = vscode.l10n.t('Read All Papers in Folder');
  const pressed = await vscode.window.showInformationMessage(`${nothing} ${next}`, read);
  if (pressed === read) await vscode.commands.executeCommand(commandIds.tagWorkspaceFolder);
}

function copiesLabel(copied: number): readonly string[] {
  return copied === 0 ? [] : [vscode.l10n.t('{0} more in copies of the same papers', formatCount(copied))];
}
