import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { commandIds } from '../commandIds';
import { toSpan } from '../convert';
import { activeDocument } from '../documents/documents';
import { announceCounts } from './announce';
import type { CommandParts } from './parts';
import { withCancel } from '../progress';
import { registerCommand } from './register';

type Parts = Pick<CommandParts, 'tagging' | 'settings' | 'log'>;

/** Tags the paragraphs that the selections touch. */
export function register(parts: Parts): vscode.Disposable {
  return registerCommand(commandIds.tagSelection, parts.log, () => tagSelection(parts));
}

async function tagSelection({ tagging, settings }: Parts): Promise<void> {
  const document = activeDocument();
  const selections = vscode.window.activeTextEditor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
  if (selections.length === 0) {
    throw new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      vscode.l10n.t('No text is selected.'),
      vscode.l10n.t('Select the text to tag, or tag the whole document.'),
    );
  }
  const found = await withCancel(vscode.l10n.t('Tagging entities'), async (signal) => {
    const results = [];
    for (const selection of selections) {
      results.push(await tagging.tagDocument(document, { range: toSpan(document, selection), signal }));
    }
    return results.flatMap(({ entities }) => entities);
  });
  announceCounts(found.filter(({ type }) => settings.isShown(type, document)));
}
