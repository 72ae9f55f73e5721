import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../../core/errors';
import { citationSyntax, citationText } from '../../../core/review/citationSyntax';
import { updateBibliography } from '../bibliography';
import { chooseCitations } from '../citations';
import type { RunCommand } from '../reviewTools';

/**
 * Inserts citations of records that the user chooses, and adds them to the bibliography. A completion passes the key that
 * it has inserted, so that only the bibliography is left to do.
 */
export const run: RunCommand = async (tools, [inserted]) => {
  if (typeof inserted === 'string') {
    await updateBibliography(tools, [inserted]);
    return;
  }
  await tools.session.open();
  const editor = vscode.window.activeTextEditor;
  const syntax = editor && citationSyntax(editor.document.languageId);
  if (!editor || !syntax) throw notCiting();
  const keys = await chooseCitations(tools);
  if (!keys) return;
  if (keys.length === 0) throw nothingTicked();
  const { start } = editor.selection;
  const before = editor.document.lineAt(start).text.slice(0, start.character);
  const isInserted = await editor.edit((edit) => {
    edit.replace(editor.selection, citationText(keys, syntax, before));
  });
  if (!isInserted) throw notWritable();
  await updateBibliography(tools, keys);
};

function nothingTicked(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No record was ticked, so nothing was inserted.'),
    vscode.l10n.t('Tick records in the list: with the pointer, or with the arrow keys and the space bar.'),
  );
}

function notWritable(): BioBertError {
  return new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    vscode.l10n.t('The document cannot be changed.'),
    vscode.l10n.t('Open a file that you may edit.'),
  );
}

function notCiting(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No text is open in which publications can be cited.'),
    vscode.l10n.t('Open a file in Markdown, Quarto, R Markdown, LaTeX or Typst.'),
  );
}
