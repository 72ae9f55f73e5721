import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../../core/errors';
import { citationSyntax, citationText, type InsertedCitation } from '../../../core/review/citationSyntax';
import { updateBibliography } from '../bibliography';
import { chooseCitations, citableRecords } from '../citations';
import type { ReviewTools, RunCommand } from '../reviewTools';

/**
 * Inserts citations of records that the user chooses, and adds them to the bibliography. A completion passes the key that
 * it has inserted, and the line that names the bibliography if that was inserted, too; only the bibliography is left to do.
 */
export const run: RunCommand = async (tools, [inserted, line]) => {
  if (typeof inserted === 'string') {
    await updateBibliography(tools, [inserted]);
    const draft = vscode.window.activeTextEditor?.document;
    if (draft && typeof line === 'string') await tools.drafts.remember(draft, line);
    else if (draft) await tools.drafts.add(draft);
    return;
  }
  await tools.session.open();
  const editor = vscode.window.activeTextEditor;
  const syntax = editor && citationSyntax(editor.document.languageId);
  if (!editor || !syntax) throw notCiting();
  const citations = await citableRecords(tools);
  if (citations.length === 0) throw nothingToCite();
  const keys = await chooseCitations(citations);
  if (!keys) return;
  if (keys.length === 0) throw nothingChosen();
  await insert(tools, editor, (before) => citationText(keys, syntax, before));
  await updateBibliography(tools, keys);
  await tools.drafts.add(editor.document);
};

/** Replaces the selection. What names the bibliography in the draft is a part of the same edit, to be undone with it. */
async function insert(
  { drafts }: ReviewTools,
  editor: vscode.TextEditor,
  citation: (before: string) => InsertedCitation,
): Promise<void> {
  const { document } = editor;
  const addition = await drafts.addition(document);
  const { selection } = editor;
  const { start, end } = selection;
  const { text: cited, back } = citation(document.lineAt(start.line).text.slice(0, start.character));
  const at = start.translate(0, -back);
  const [from, to] = [document.offsetAt(at), document.offsetAt(end)];
  // VS Code refuses edits that overlap.
  const isApart = addition?.insertions.every(({ offset }) => offset <= from || offset >= to);
  const added = isApart === true ? addition : undefined;
  const isInserted = await editor.edit((edit) => {
    for (const { offset, text } of added?.insertions ?? []) edit.insert(document.positionAt(offset), text);
    if (back === 0) {
      edit.replace(selection, cited);
      return;
    }
    // The cursor stays behind the group.
    edit.insert(at, cited);
    edit.delete(selection);
  });
  if (!isInserted) throw notWritable();
  if (added) await drafts.remember(document, added.line);
}

function nothingToCite(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('The review has no records that could be cited.'),
    vscode.l10n.t('Run "BioBERT: Import Records into Review" first.'),
  );
}

function nothingChosen(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No record was chosen, so nothing was inserted.'),
    vscode.l10n.t('Run the command again and type fewer words, until the list has the record.'),
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
