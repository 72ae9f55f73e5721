import * as vscode from 'vscode';
import { conflictsIn, type ReviewState } from '../../core/review/reviewState';
import type { Decision } from '../../core/review/screeningLog';
import type { Phase, ReviewRecord } from '../../core/review/reviewData';
import { shortName } from './recordText';

/** A record about which reviewers disagree in a phase. */
export interface Conflict {
  readonly record: ReviewRecord;
  readonly phase: Phase;
}

export interface ConflictItem extends vscode.QuickPickItem {
  /** Undefined for a heading. */
  readonly conflict?: Conflict;
}

export function conflicts(state: ReviewState): readonly Conflict[] {
  return state.settings.phases.flatMap((phase) =>
    conflictsIn(state, phase).map((record) => ({ record, phase })),
  );
}

/** The conflicts of each phase, with the decisions, reasons and notes of the reviewers. */
export function conflictItems(state: ReviewState): readonly ConflictItem[] {
  return state.settings.phases.flatMap((phase): readonly ConflictItem[] => {
    const records = conflictsIn(state, phase);
    if (records.length === 0) return [];
    const label = `${phaseLabel(phase)} (${records.length})`;
    const heading = { label, kind: vscode.QuickPickItemKind.Separator };
    return [
      heading,
      ...records.map((record) => ({
        conflict: { record, phase },
        label: shortName(record),
        detail: decisionsLabel(state, { record, phase }),
      })),
    ];
  });
}

/** `Anna: exclude (not in humans) – only mice. Ben: include`. */
export function decisionsLabel({ screening }: ReviewState, { record, phase }: Conflict): string {
  const labels = screening.decisions(record.id, phase).map((decision) => {
    const { note } = screening.remarks(record.id, decision.who);
    return `${decision.who}: ${decisionLabel(decision)}${note === '' ? '' : ` – ${note.replace(/\s+/g, ' ')}`}`;
  });
  return labels.join('; ');
}

function decisionLabel({ choice, reason }: Decision): string {
  const label = {
    include: vscode.l10n.t('include'),
    exclude: vscode.l10n.t('exclude'),
    maybe: vscode.l10n.t('maybe'),
  }[choice];
  return reason === undefined || reason === '' ? label : `${label} (${reason})`;
}

function phaseLabel(phase: Phase): string {
  switch (phase) {
    case 'title':
      return vscode.l10n.t('Title');
    case 'abstract':
      return vscode.l10n.t('Title and abstract');
    case 'fulltext':
      return vscode.l10n.t('Full text');
  }
}
