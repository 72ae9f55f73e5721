import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { commandIds } from '../commandIds';
import { toSpan } from '../convert';
import { activeDocument } from '../documents/documents';
import { announceCounts } from './announce';
import type { CommandParts } from './parts';
import { withCancel } from '../progress';
import { registerCommand } from './registerCommand';

type Parts = Pick<CommandParts, 'documentTagger' | 'settings' | 'log'>;

/** Tags the paragraphs that overlap a selection. */
export function register(parts: Parts): vscode.Disposable {
  return registerCommand(commandIds.tagSelection, parts.log, () => tagSelection(parts));
}

async function tagSelection({ documentTagger, settings }: Parts): Promise<void> {
  const document = activeDocument();
  const selections = vscode.window.activeTextEditor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
  if (selections.length === 0) {
    throw new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      vscode.l10n.t('No text is selected.'),
      vscode.l10n.t('Select the text to tag, or tag the whole document.'),
    );
  }
  const entities = await withCancel(vscode.l10n.t('Tagging entities'), async (signal) => {
    const results = [];
    for (const selection of selections) {
      results.push(
        await documentTagger.tagDocument(document, { range: toSpan(document, selection), signal }),
      );
    }
    return results.flatMap(({ entities }) => entities);
  });
  announceCounts(entities.filter(({ type }) => settings.isShown(type, document)));
}
