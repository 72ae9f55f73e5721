import * as vscode from 'vscode';
import type { Verdict } from '../../../core/review/screeningLog';
import type { ReviewFolder } from '../../../runtime/review/reviewFolder';
import { type Conflict, type ConflictItem, conflictItems, conflicts, decisionsLabel } from '../conflictItems';
import { shortName } from '../recordText';
import type { ReviewTools, RunCommand } from '../reviewTools';

/** Lists the records about which reviewers disagree. A chosen one is shown and settled; then the next one comes. */
export const run: RunCommand = async (tools) => {
  const review = await tools.session.open();
  const items = conflictItems(review.state);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The reviewers do not disagree about any record.'),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick<ConflictItem>(items, {
    title: vscode.l10n.t('Conflicts Between Reviewers'),
    placeHolder: vscode.l10n.t('Choose a record to settle'),
    matchOnDetail: true,
  });
  for (let conflict = picked?.conflict; conflict; conflict = conflicts(review.state)[0]) {
    if (!(await settle(tools, review, conflict))) return;
    if (conflicts(review.state).length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('All conflicts are settled.'));
    }
  }
};

/** @returns false if the user stopped. */
async function settle(tools: ReviewTools, review: ReviewFolder, conflict: Conflict): Promise<boolean> {
  const { record, phase } = conflict;
  await tools.documents.show(record);
  const title = shortName(record);
  const placeHolder = decisionsLabel(review.state, conflict);
  const picked = await vscode.window.showQuickPick(verdicts(), { title, placeHolder, ignoreFocusOut: true });
  if (!picked) return false;
  const reason = picked.choice === 'exclude' ? await askForReason(review, conflict, title) : '';
  if (reason === undefined) return false;
  await review.decide({
    record: record.id,
    phase,
    who: tools.session.reviewer,
    when: new Date().toISOString(),
    choice: picked.choice,
    ...(reason !== '' && { reason }),
    settles: true,
  });
  tools.session.notify();
  return true;
}

function verdicts(): readonly (vscode.QuickPickItem & { readonly choice: Verdict })[] {
  return [
    { choice: 'include', label: vscode.l10n.t('Include') },
    { choice: 'exclude', label: vscode.l10n.t('Exclude…') },
    { choice: 'maybe', label: vscode.l10n.t('Maybe') },
  ];
}

/** Offers the reasons that the reviewers gave, then the criteria. @returns undefined if the user stopped. */
async function askForReason(
  { state }: ReviewFolder,
  { record, phase }: Conflict,
  title: string,
): Promise<string | undefined> {
  const given = state.screening.decisions(record.id, phase).flatMap(({ reason }) => reason ?? []);
  const reasons = [...new Set([...given, ...state.settings.criteria.exclude])].filter((each) => each !== '');
  const other = vscode.l10n.t('Another reason…');
  const items = [...reasons, other].map((label) => ({ label }));
  const placeHolder = vscode.l10n.t('Why is the record excluded?');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true });
  if (picked?.label !== other) return picked?.label;
  return vscode.window.showInputBox({ title, prompt: placeHolder, ignoreFocusOut: true });
}
