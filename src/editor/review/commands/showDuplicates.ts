import * as vscode from 'vscode';
import type { DuplicateLine } from '../../../core/review/reviewData';
import type { ReviewFolder } from '../../../runtime/review/reviewFolder';
import { doubtfulPairs, type Pair, type PairItem, pairItems } from '../duplicateItems';
import { shortName } from '../recordText';
import type { ReviewTools, RunCommand } from '../reviewTools';

/**
 * Lists the pairs of records that are, or may be, one publication. A chosen pair is shown side by side, and the user
 * decides. After a doubtful pair the next one comes; after a merged one the list returns.
 */
export const run: RunCommand = async (tools) => {
  const review = await tools.session.open();
  for (;;) {
    const pair = await choosePair(review);
    if (!pair) return;
    if (pair.line.reason !== 'doubtful') await decide(tools, review, pair);
    else if (!(await decideDoubtful(tools, review, pair))) return;
  }
};

async function choosePair(review: ReviewFolder): Promise<Pair | undefined> {
  const items = pairItems(review.state);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No duplicates were found in this review.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick<PairItem>(items, {
    title: vscode.l10n.t('Duplicates'),
    placeHolder: vscode.l10n.t('Choose a pair to compare it and to decide'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.pair;
}

/** Goes from one doubtful pair to the next. @returns false if the user stopped. */
async function decideDoubtful(tools: ReviewTools, review: ReviewFolder, first: Pair): Promise<boolean> {
  const seen = new Set<string>();
  for (let pair: Pair | undefined = first; pair; pair = nextDoubtful(review, seen)) {
    seen.add(keyOf(pair));
    if (!(await decide(tools, review, pair))) return false;
  }
  const left = review.state.duplicates.doubtful.length;
  const message =
    left === 0
      ? vscode.l10n.t('All pairs are decided.')
      : vscode.l10n.t('Pairs that are left for later: {0}', left);
  void vscode.window.showInformationMessage(message);
  return true;
}

function nextDoubtful(review: ReviewFolder, seen: ReadonlySet<string>): Pair | undefined {
  return doubtfulPairs(review.state).find((pair) => !seen.has(keyOf(pair)));
}

function keyOf({ line }: Pair): string {
  return JSON.stringify([line.kept, line.duplicate]);
}

type Answer = 'person' | 'separate' | 'later';

/** Shows a pair and writes what the user says of it. @returns false if the user stopped. */
async function decide(tools: ReviewTools, review: ReviewFolder, pair: Pair): Promise<boolean> {
  const { kept, duplicate, line } = pair;
  const title = vscode.l10n.t('One publication or two? {0}', shortName(kept));
  await tools.documents.compare(kept, duplicate, title);
  const picked = await vscode.window.showQuickPick(answersFor(line), { title, ignoreFocusOut: true });
  if (!picked) return false;
  if (picked.answer === 'later') return true;
  const decided: DuplicateLine = {
    kept: line.kept,
    duplicate: line.duplicate,
    reason: picked.answer,
    who: tools.session.reviewer,
    when: new Date().toISOString(),
  };
  await review.addDuplicates([decided]);
  tools.session.notify();
  return true;
}

function answersFor({
  reason,
}: DuplicateLine): readonly (vscode.QuickPickItem & { readonly answer: Answer })[] {
  const one = {
    answer: 'person',
    label: vscode.l10n.t('One publication'),
    detail: vscode.l10n.t('The right record becomes a duplicate of the left one'),
  } as const;
  const two = {
    answer: 'separate',
    label: vscode.l10n.t('Two publications'),
    detail: vscode.l10n.t('Both records are screened'),
  } as const;
  const later = { answer: 'later', label: vscode.l10n.t('Later') } as const;
  if (reason === 'doubtful') return [one, two, later];
  return reason === 'separate' ? [one, later] : [two, later];
}
