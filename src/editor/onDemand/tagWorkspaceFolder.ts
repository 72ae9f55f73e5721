import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { toSignal } from '../convert';
import { papersLabel } from '../entities/countLabels';
import type { FolderReader, IndexOutcome } from '../folder/folderReader';
import { logFailure } from '../log';
import { announce } from '../commands/announce';
import { offerSkipped } from './folderProgress';
import type { CommandParts } from '../commands/parts';

type Parts = Pick<CommandParts, 'index' | 'view' | 'log'>;

/**
 * Reads all documents of the workspace folders: their names, the relations between them, and the passages that answer
 * questions. It is the job that the panel offers, and goes on where an earlier run was stopped.
 */
export async function run({ index, view, log }: Parts): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) throw noFolder();
  const outcome = await withIndexProgress(index());
  if (outcome.error) throw outcome.error;
  if (!outcome.isCancelled && outcome.documents === 0 && outcome.skipped.length === 0) throw noDocuments();
  view.options.list('folder');
  const { papers, otherDocuments } = index().state.stats;
  const counts = papersLabel(papers, otherDocuments);
  if (outcome.isCancelled)
    announce(vscode.l10n.t('Stopped. All that was read is kept: read all papers again to go on.'));
  else announce(counts);
  const skipped = outcome.skipped.map(({ uri: file, error }) => ({ file, error }));
  if (skipped.length > 0) logFailure(offerSkipped(counts, skipped), log, 'listing skipped files');
}

/** Runs the index with its progress in a notification, whose Cancel button stops it. */
function withIndexProgress(index: FolderReader): Thenable<IndexOutcome> {
  const location = vscode.ProgressLocation.Notification;
  // Each label says by itself what is being done, so there is no title.
  return vscode.window.withProgress({ location, cancellable: true }, async (progress, token) => {
    toSignal(token).addEventListener('abort', () => index.stop());
    let shown = 0;
    const report = (): void => {
      const { label, fraction = 0 } = index.work ?? {};
      if (label === undefined) return;
      // The files of the first stage take no time beside the papers of the second.
      progress.report({ message: label, increment: 100 * Math.max(0, fraction - shown) });
      shown = Math.max(shown, fraction);
    };
    const following = index.onDidChange(report);
    try {
      return await index.read();
    } finally {
      following.dispose();
    }
  });
}

function noFolder(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No folder is open.'),
    vscode.l10n.t('Open the folder that holds your documents.'),
  );
}

function noDocuments(): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENT_FORMAT_UNKNOWN,
    vscode.l10n.t('The folder holds no documents of the languages in the settings.'),
    vscode.l10n.t('Add languages to "biobert.languages", or open another folder.'),
  );
}
