import * as vscode from 'vscode';
import { count, entities } from '../entities/words';
import type { FolderProgress, Skipped } from '../../runtime/files/folderRun';
import { toSignal } from '../convert';
import { FolderTagger } from '../folder/folderTagger';
import { secondsLeft } from '../folder/timeLeft';
import { timeLeftWords } from '../folder/timeLeftWords';
import { storageFor } from '../folder/workspaceStorage';
import type { CommandParts } from './parts';

/** What a run over a folder works with. */
export interface FolderWork {
  readonly tagger: FolderTagger;
  readonly signal: AbortSignal;
  readonly onProgress: (state: FolderProgress) => void;
}

/** Runs over a folder under a notification with Cancel, once the model is loaded and the corrections are read. */
export function withFolderTagger<T>(
  folder: vscode.WorkspaceFolder,
  title: string,
  parts: CommandParts,
  work: (run: FolderWork) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const signal = toSignal(token);
    progress.report({ message: vscode.l10n.t('Loading the model …') });
    const model = await parts.engine.load(signal);
    await parts.curation.current();
    const tagger = new FolderTagger(parts, model, storageFor(folder, parts.context));
    return work({ tagger, signal, onProgress: progressReporter(progress) });
  });
}

/** Shows how far a run over a folder is. */
function progressReporter(
  progress: vscode.Progress<{ readonly message: string; readonly increment: number }>,
): (state: FolderProgress) => void {
  const started = performance.now();
  let shown = 0;
  return (state) => {
    const { done, total, inferred } = state;
    const left = secondsLeft(performance.now() - started, inferred, total - done);
    progress.report({ message: progressMessage(state, left), increment: (100 * (done - shown)) / total });
    shown = done;
  };
}

function progressMessage({ done, total, entities: found }: FolderProgress, left: number | undefined): string {
  const documentsDone = vscode.l10n.t('{0} of {1} documents', count(done), count(total));
  const time = left === undefined || done === total ? [] : [timeLeftWords(left)];
  return [documentsDone, entities(found), ...time].join(' · ');
}

/** Skipped files are worth a message, since somebody has to look at them. */
export async function offerSkipped(counts: string, skipped: readonly Skipped<vscode.Uri>[]): Promise<void> {
  const message =
    skipped.length === 1
      ? vscode.l10n.t('{0} tagged. 1 file was skipped.', counts)
      : vscode.l10n.t('{0} tagged. {1} files were skipped.', counts, count(skipped.length));
  const show = vscode.l10n.t('Show Skipped Files');
  if ((await vscode.window.showInformationMessage(message, show)) !== show) return;
  const items = skipped.map(({ file, error }) => ({
    label: vscode.workspace.asRelativePath(file),
    detail: error.userMessage,
    file,
  }));
  const placeHolder = vscode.l10n.t('Choose a file to open it');
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true });
  if (picked) await vscode.commands.executeCommand('vscode.open', picked.file);
}
