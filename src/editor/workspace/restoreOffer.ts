import * as vscode from 'vscode';
import { describeError, logFailure, type Logger } from '../log';
import { problemNotice } from '../notices';
import type { WorkspaceFile } from './workspaceFile';
import type { FileLoss, WorkspaceValue } from './workspaceValue';

/** Tells the user when the file of a value was damaged or deleted, and offers to write the value back. */
export function offerRestore<Value, Unread>(
  value: WorkspaceValue<Value, Unread>,
  file: WorkspaceFile,
  log: Logger,
): vscode.Disposable {
  return value.onDidLoseFile((loss) => logFailure(ask(value, file, loss, log), log, 'offering to restore'));
}

async function ask<Value, Unread>(
  value: WorkspaceValue<Value, Unread>,
  file: WorkspaceFile,
  { kind, entries }: FileLoss,
  log: Logger,
): Promise<void> {
  const restore = vscode.l10n.t('Restore {0} Entries', entries);
  const open = vscode.l10n.t('Open File');
  const message =
    kind === 'deleted'
      ? vscode.l10n.t('{0} was deleted. Its entries can be written back.', file.label)
      : vscode.l10n.t('Cannot read {0}: it is damaged, or it contains an unfinished merge.', file.label);
  const actions = [...(entries > 0 ? [restore] : []), ...(kind === 'deleted' ? [] : [open])];
  const chosen = await vscode.window.showWarningMessage(message, ...actions);
  try {
    if (chosen === restore) await value.restore();
    else if (chosen === open && file.uri) await vscode.window.showTextDocument(file.uri);
  } catch (error) {
    log.warn(describeError(error));
    void vscode.window.showErrorMessage(problemNotice(error).message);
  }
}
