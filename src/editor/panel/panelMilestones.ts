import * as vscode from 'vscode';
import type { Milestones } from '../firstSteps/milestones';
import type { PanelModel } from './panelModel';

type Model = Pick<PanelModel, 'relations' | 'folder' | 'history' | 'evidence'>;

/** Ticks the steps of the walkthrough that are done in the panel. */
export function watchMilestones(
  { relations, folder, history, evidence }: Model,
  milestones: Pick<Milestones, 'reach'>,
): vscode.Disposable {
  return vscode.Disposable.from(
    // The lists are filled only while the panel is visible: what is on them was seen.
    ...[relations, folder].map(({ list }) =>
      list.onDidChange(() => {
        if (list.size > 0) milestones.reach('relate');
      }),
    ),
    history.onDidChange(() => {
      if (history.questions.length > 0) milestones.reach('ask');
    }),
    evidence.onDidChange(() => {
      if (evidence.hasEntries) milestones.reach('pin');
    }),
  );
}
