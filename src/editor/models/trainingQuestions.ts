/** What no checkpoint says of its training is asked once, with a guess to correct, and kept in the model's folder. */
import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import { guessNullAnswer } from '../../core/questions/guess';
import type { ModelTask } from '../../protocol/tasks';
import { askForLabels } from './labelQuestion';
import type { FolderFacts } from './modelManifest';
import { askForReading, askForRelationLabels } from './readingQuestion';

/** Fields of `biobert.json`; `undefined` where nothing had to be asked. */
export type Training = Readonly<Record<string, unknown>> | undefined;

/** @throws {CancelledError} when the user turns away. */
export async function askAboutTraining(facts: FolderFacts, task: ModelTask): Promise<Training> {
  const { name, labels, manifest } = facts;
  switch (task) {
    case 'token-classification': {
      if ('labels' in manifest) return undefined;
      const meanings = await askForLabels(labels, name);
      return meanings && { labels: meanings };
    }
    case 'relation-extraction': {
      // Ours say it themselves.
      if ('heads' in manifest) return undefined;
      const reading = await askForReading(name);
      return { ...reading, labels: await askForRelationLabels(labels, name) };
    }
    case 'question-answering':
      return 'calibration' in manifest ? undefined : { nullAnswer: await askForNullAnswer(name) };
  }
}

async function askForNullAnswer(name: string): Promise<boolean> {
  const guess = guessNullAnswer([name]);
  const choices = [
    {
      label: vscode.l10n.t('It always names something'),
      detail: vscode.l10n.t('As models of SQuAD 1: every question of its training had an answer'),
      value: false,
    },
    {
      label: vscode.l10n.t('It can say that nothing answers'),
      detail: vscode.l10n.t('As models of SQuAD 2: some questions of its training had none'),
      value: true,
    },
  ];
  const picked = await vscode.window.showQuickPick(
    choices.sort((a, b) => Number(b.value === guess) - Number(a.value === guess)),
    { title: vscode.l10n.t('How {0} was trained', name), ignoreFocusOut: true },
  );
  if (!picked) throw new CancelledError();
  return picked.value;
}
