import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { commandIds } from '../commandIds';
import { chooseType } from './curateEntity';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

const maxNameLength = 200;

/** Marks the selected text as an entity, everywhere in all documents. */
export function register({
  curation,
  settings,
  log,
}: Pick<CommandParts, 'curation' | 'settings' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.addEntity, log, async () => {
    const editor = vscode.window.activeTextEditor;
    const name = editor?.document.getText(editor.selection).replace(/\s+/g, ' ').trim() ?? '';
    if (!editor || name === '' || name.length > maxNameLength || !/[\p{L}\p{N}]/u.test(name)) {
      throw new BioBertError(
        errorCodes.ARGUMENT_INVALID,
        vscode.l10n.t('No name is selected.'),
        vscode.l10n.t('Select the name of a gene, a disease, a chemical or a species.'),
      );
    }
    const type = await chooseType(name, settings.markableTypes(editor.document));
    if (type !== undefined) await curation.decideEntity({ name, type, verdict: 'added' });
  });
}
