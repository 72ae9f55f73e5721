import * as vscode from 'vscode';
import { fileOfDocument } from '../documents/paperUri';
import { formatCount, entitiesLabel } from '../entities/countLabels';
import type { FolderProgress, Skipped } from '../../runtime/files/folderRun';
import { toSignal } from '../convert';
import { FolderTagger } from '../folder/folderTagger';
import { secondsLeft } from '../folder/timeLeft';
import { timeLeftLabel } from '../folder/timeLeftLabel';
import type { CommandParts } from '../commands/parts';

/** The tools for a run over a folder. */
export interface FolderWork {
  readonly tagger: FolderTagger;
  readonly signal: AbortSignal;
  readonly onProgress: (state: FolderProgress) => void;
}

/** Loads the model, then runs `work` under a notification with a Cancel button. */
export function withFolderTagger<T>(
  title: string,
  parts: CommandParts,
  work: (run: FolderWork) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const signal = toSignal(token);
    progress.report({ message: vscode.l10n.t('Loading the model …') });
    await parts.engine.load(signal);
    const { engine, settings, marks } = parts;
    const tagger = new FolderTagger({ engine, settings, find: (document) => marks.find(document) });
    return work({ tagger, signal, onProgress: progressReporter(progress) });
  });
}

/** Returns a function that shows the progress of a run in the notification. */
function progressReporter(
  progress: vscode.Progress<{ readonly message: string; readonly increment: number }>,
): (state: FolderProgress) => void {
  const started = performance.now();
  let reported = 0;
  return (state) => {
    const { done, total, inferred } = state;
    const left = secondsLeft(performance.now() - started, inferred, total - done);
    progress.report({ message: progressMessage(state, left), increment: (100 * (done - reported)) / total });
    reported = done;
  };
}

function progressMessage({ done, total, entities: found }: FolderProgress, left: number | undefined): string {
  const documentsDone = vscode.l10n.t('{0} of {1} documents', formatCount(done), formatCount(total));
  const time = left === undefined || done === total ? [] : [timeLeftLabel(left)];
  return [documentsDone, entitiesLabel(found), ...time].join(' · ');
}

/** Shows a message about skipped files, from which the user can open them. */
export async function offerSkipped(counts: string, skipped: readonly Skipped<vscode.Uri>[]): Promise<void> {
  const message =
    skipped.length === 1
      ? vscode.l10n.t('{0} read. 1 file was skipped.', counts)
      : vscode.l10n.t('{0} read. {1} files were skipped.', counts, formatCount(skipped.length));
  const show = vscode.l10n.t('Show Skipped Files');
  if ((await vscode.window.showInformationMessage(message, show)) !== show) return;
  const items = skipped.map(({ file, error }) => ({
    label: vscode.workspace.asRelativePath(fileOfDocument(file)),
    detail: error.userMessage,
    file,
  }));
  const placeHolder = vscode.l10n.t('Choose a file to open it');
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true });
  if (picked) await vscode.commands.executeCommand('vscode.open', picked.file);
}
