import * as vscode from 'vscode';
import type { Evidence } from '../../../core/curation/evidenceFile';
import { fillCell, formCellKey } from '../../../core/curation/formValues';
import { BioBertError, errorCodes } from '../../../core/errors';
import { addColumn, selectedValue, type SelectedValue } from '../../../core/review/form';
import type { FormColumn } from '../../../core/review/reviewData';
import type { ReviewFolder } from '../../../runtime/review/reviewFolder';
import { announce } from '../../commands/announce';
import { toSpan } from '../../convert';
import { lineCounter } from '../../../core/documents/lineCounter';
import { withCancel } from '../../progress';
import { enterColumn, pickColumn } from '../form/columnPicker';
import { changeEvidence, currentEvidence } from '../../workspace/evidenceAccess';
import { formEvidence } from '../form/formEvidence';
import { readFormDocument } from '../form/formPapers';
import type { ReviewTools, RunCommand } from '../reviewTools';

/** Stores the selected text as a value of the extraction form, with its sentence. */
export const run: RunCommand = async (tools) => {
  const { log } = tools.parts;
  const review = await tools.session.open();
  const { document, line, selected } = await readSelection(tools);
  const evidenceFor = (column: FormColumn): Evidence =>
    formEvidence({
      column,
      document,
      publication: selected.publication,
      place: selected,
      line,
      sentence: selected.sentence,
      value: selected.value,
      annotator: 'person',
      probability: 1,
    });
  const all = await currentEvidence(log);
  const picked = await pickColumn(review.state.settings.form, selected.value, (column) =>
    valuesIn(all, formCellKey(evidenceFor(column))),
  );
  const column = picked === 'new' ? await createColumn(tools, review) : picked;
  if (!column) return;
  await changeEvidence(log, (current) => fillCell(current, evidenceFor(column)));
  tools.parts.milestones.reach('pin');
  announce(vscode.l10n.t('{0}: {1}', column.label, selected.value));
};

interface Selection {
  /** `uri.toString()` */
  readonly document: string;
  /** Line of the sentence, counted from 1. */
  readonly line: number;
  readonly selected: SelectedValue;
}

/** @throws {BioBertError} ARGUMENT_INVALID if no text is selected. */
async function readSelection({ parts }: ReviewTools): Promise<Selection> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) throw nothingSelected();
  const { document, selection } = editor;
  const span = toSpan(document, selection);
  const read = await withCancel(vscode.l10n.t('Reading the document'), (signal) =>
    readFormDocument(document.uri, parts, signal),
  );
  const selected = selectedValue(read, span);
  if (!selected) throw nothingSelected();
  return { document: document.uri.toString(), line: lineCounter(read.text)(selected.start), selected };
}

function valuesIn(all: readonly Evidence[], cell: string): string {
  return all
    .filter((each) => each.topic.kind === 'form' && formCellKey(each) === cell)
    .map(({ answer = '', isProposed }) =>
      isProposed === true ? vscode.l10n.t('{0} (proposed)', answer) : answer,
    )
    .join('; ');
}

async function createColumn({ session }: ReviewTools, review: ReviewFolder): Promise<FormColumn | undefined> {
  const entered = await enterColumn();
  if (!entered) return undefined;
  await review.changeSettings((settings) => addColumn(settings, entered.label, entered.question));
  session.notify();
  return review.state.settings.form.at(-1);
}

function nothingSelected(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No text is selected.'),
    vscode.l10n.t('Select the value in a record or a paper first.'),
  );
}
