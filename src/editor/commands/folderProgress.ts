import * as vscode from 'vscode';
import { count, entities } from '../entities/words';
import type { FolderProgress, Skipped } from '../../runtime/folderRun';
import { secondsLeft } from '../folder/timeLeft';
import { timeLeftWords } from '../folder/timeLeftWords';

/** Shows how far a run over a folder is. */
export function progressReporter(
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
