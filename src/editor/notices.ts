import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../core/errors';
import type { NoticeAction, PanelNotice } from '../protocol/panel';
import { formatCount } from './entities/countLabels';

export type EmptyReason =
  | 'no-document'
  | 'untagged'
  | 'no-relations'
  | 'no-folder'
  | 'nothing-included'
  | 'unindexed'
  | 'indexing'
  | 'incomplete';

/** Returns the notice that explains why the list is empty, with a button for the next step. */
export function emptyNotice(reason: EmptyReason): PanelNotice {
  switch (reason) {
    case 'no-document':
      return empty(
        vscode.l10n.t('Open a document to see how its entities are related.'),
        { id: 'openFile', label: vscode.l10n.t('Open a File') },
        { id: 'openSample', label: vscode.l10n.t('Open the Sample') },
      );
    case 'untagged':
      return empty(vscode.l10n.t('No relations yet.'), {
        id: 'find',
        label: vscode.l10n.t('Tag Entities and Find Relations'),
      });
    case 'no-relations':
      return empty(vscode.l10n.t('No relations were found here.'));
    case 'no-folder':
      return empty(vscode.l10n.t('Open the folder that holds your documents.'), {
        id: 'openFolder',
        label: vscode.l10n.t('Open a Folder'),
      });
    case 'nothing-included':
      return empty(vscode.l10n.t('The review includes no records yet.'), {
        id: 'openReview',
        label: vscode.l10n.t('Open the Review'),
      });
    case 'incomplete':
      return empty(vscode.l10n.t('Not all papers of the folder have been read.'), {
        id: 'index',
        label: vscode.l10n.t('Continue'),
      });
    case 'unindexed':
      return empty(
        vscode.l10n.t(
          'To see names and relations across the folder and to ask about it, its papers are read once, on this computer. You can go on working meanwhile.',
        ),
        { id: 'index', label: vscode.l10n.t('Read All Papers in Folder') },
      );
    case 'indexing':
      return empty(
        vscode.l10n.t(
          'Relations appear here while the papers are read. You can ask about those read so far.',
        ),
      );
  }
}

/** Returns the notice about an error, with a button that shows the log. */
export function problemNotice(error: unknown): PanelNotice {
  const message =
    error instanceof BioBertError
      ? error.userMessage
      : vscode.l10n.t(
          'Something unexpected went wrong. Nothing was changed. Try again, or report it. ({0})',
          errorCodes.INTERNAL,
        );
  return { kind: 'problem', message, action: { id: 'showLog', label: vscode.l10n.t('Show Log') } };
}

/** Returns the notice about documents that were read in part or not at all, with a button that shows the log. */
export function unreadNotice(documents: number): PanelNotice | undefined {
  if (documents === 0) return undefined;
  const message =
    documents === 1
      ? vscode.l10n.t('1 document was read only in part, or not at all. The log says which and why.')
      : vscode.l10n.t(
          '{0} documents were read only in part, or not at all. The log says which and why.',
          formatCount(documents),
        );
  return { kind: 'problem', message, action: { id: 'showLog', label: vscode.l10n.t('Show Log') } };
}

function empty(message: string, action?: NoticeAction, alternative?: NoticeAction): PanelNotice {
  return { kind: 'empty', message, action, alternative };
}
