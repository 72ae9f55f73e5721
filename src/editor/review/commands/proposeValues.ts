import * as vscode from 'vscode';
import type { Evidence } from '../../../core/curation/evidenceFile';
import { filledCells, formCellKey, proposeValues } from '../../../core/curation/formValues';
import { BioBertError, errorCodes, throwIfCancelled } from '../../../core/errors';
import { includedRecords, includedSoFar, type ReviewState } from '../../../core/review/reviewState';
import type { FormColumn } from '../../../core/review/reviewData';
import { withCancel, type Report } from '../../progress';
import { paperAtCaret, papersOfFolder, papersOfRecords } from '../form/chosenPapers';
import { changeEvidence, currentEvidence } from '../../workspace/evidenceAccess';
import { formCell } from '../form/formEvidence';
import { Proposer } from '../form/proposer';
import type { Paper } from '../../questions/paper';
import type { ReviewTools, RunCommand } from '../reviewTools';

/** Number of proposals that are written at once. They stay if the run is cancelled later. */
const savedAtOnce = 20;

/** Share of the progress for reading the documents; questions take the rest. */
const readShare = 0.1;

/** Asks the question model for values of the extraction form, and stores them as proposals. */
export const run: RunCommand = async (tools) => {
  const { state } = await tools.session.open();
  const columns = await pickColumns(state.settings.form);
  if (columns.length === 0) return;
  const picked = await pickPapers(tools, state);
  if (!picked) return;
  const title = vscode.l10n.t('Proposing values for the extraction form');
  const counts = await withCancel(title, async (signal, report) => {
    const papers = await picked.find(signal);
    report(readShare);
    const proposed = await propose(tools, papers, columns, signal, report);
    return { ...proposed, missing: Math.max(0, (picked.expected ?? 0) - papers.length) };
  });
  await vscode.window.showInformationMessage(summary(counts));
};

/** @throws {BioBertError} ARGUMENT_INVALID if no column has a question. */
async function pickColumns(form: readonly FormColumn[]): Promise<readonly FormColumn[]> {
  const asked = form.filter(({ question }) => question !== undefined);
  if (asked.length === 0)
    throw new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      vscode.l10n.t('No column of the extraction form has a question.'),
      vscode.l10n.t(
        'Add a column with "BioBERT: Fill Extraction Form from Selection", or a question in review.json.',
      ),
    );
  if (asked.length === 1) return asked;
  const items = asked.map((column) => ({
    label: column.label,
    description: column.question ?? '',
    picked: true,
    column,
  }));
  const placeHolder = vscode.l10n.t('Columns to propose values for');
  const picked = await vscode.window.showQuickPick(items, { placeHolder, canPickMany: true });
  return (picked ?? []).map(({ column }) => column);
}

interface PaperChoice extends vscode.QuickPickItem {
  readonly find: (signal: AbortSignal) => Promise<readonly Paper[]>;
  /** The number of papers that `find` returns if the folder has the text of each. Default: not known. */
  readonly expected?: number;
}

async function pickPapers(tools: ReviewTools, state: ReviewState): Promise<PaperChoice | undefined> {
  const editor = vscode.window.activeTextEditor;
  const final = includedRecords(state);
  // Before all full texts are decided on, a reviewer extracts from what is included so far.
  const included = final.length > 0 ? final : includedSoFar(state);
  const items: readonly PaperChoice[] = [
    ...(editor
      ? [
          {
            label: vscode.l10n.t('This paper'),
            description: vscode.l10n.t('the paper or record at the caret'),
            find: (signal) => paperAtCaret(editor, tools.parts, signal),
          } satisfies PaperChoice,
        ]
      : []),
    {
      label: vscode.l10n.t('All included papers'),
      description: String(included.length),
      expected: included.length,
      find: (signal) => papersOfRecords(included, tools, signal),
    },
    {
      label: vscode.l10n.t('All papers of the folder'),
      find: (signal) => papersOfFolder(tools, signal),
    },
  ];
  const placeHolder = vscode.l10n.t('Papers to propose values for');
  return vscode.window.showQuickPick(items, { placeHolder });
}

/** The result of a run. */
interface Counts {
  readonly values: number;
  readonly papers: number;
  /** Cells for which nothing was found. */
  readonly empty: number;
  /** Cells that had a value of a person. */
  readonly filled: number;
}

async function propose(
  { parts }: ReviewTools,
  papers: readonly Paper[],
  columns: readonly FormColumn[],
  signal: AbortSignal,
  report: Report,
): Promise<Counts> {
  const proposer = new Proposer(parts);
  const filled = filledCells(await currentEvidence(parts.log));
  const cells = papers.flatMap((paper) => columns.map((column) => ({ paper, column })));
  const open = cells.filter(({ paper, column }) => !filled.has(cellKey(paper, column)));
  let found = 0;
  let unsaved: Evidence[] = [];
  const save = async (): Promise<void> => {
    const proposals = unsaved;
    unsaved = [];
    if (proposals.length > 0) await changeEvidence(parts.log, (all) => proposeValues(all, proposals));
  };
  try {
    for (const [done, { paper, column }] of open.entries()) {
      throwIfCancelled(signal);
      const proposal = await proposer.propose(paper, column, signal);
      if (proposal) unsaved.push(proposal);
      if (proposal) found += 1;
      if (unsaved.length >= savedAtOnce) await save();
      report(readShare + ((1 - readShare) * (done + 1)) / open.length);
    }
  } finally {
    await save();
  }
  return {
    values: found,
    papers: papers.length,
    empty: open.length - found,
    filled: cells.length - open.length,
  };
}

function cellKey({ uri, publication }: Paper, column: FormColumn): string {
  return formCellKey(formCell({ column, document: uri.toString(), publication }));
}

function summary({ values, papers, empty, filled, missing }: Counts & { readonly missing: number }): string {
  const parts = [
    vscode.l10n.t('Values proposed: {0}, papers: {1}, cells that stay empty: {2}.', values, papers, empty),
    ...(filled > 0 ? [vscode.l10n.t('Cells that were filled already: {0}.', filled)] : []),
    ...(missing > 0
      ? [vscode.l10n.t('Included records whose file is not in the folder any more: {0}.', missing)]
      : []),
    ...(values > 0 ? [vscode.l10n.t('Confirm or correct them in the Evidence tab of the panel.')] : []),
  ];
  return parts.join(' ');
}
