/**
 * Asks the user about the training of an imported model, since a checkpoint does not record it. Each question offers a
 * guess first. The answers are stored in the model folder, so that each question is asked only once.
 */
import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import { guessNullAnswer } from '../../core/questions/nullAnswerGuess';
import type { ModelTask } from '../../protocol/tasks';
import { askForLabels } from './labelQuestion';
import type { FolderFacts } from './modelManifest';
import { askForReading, askForRelationLabels } from './readingQuestion';

/** Fields for `biobert.json`. Undefined if there was nothing to ask. */
export type Training = Readonly<Record<string, unknown>> | undefined;

/** @throws {CancelledError} if the user cancels. */
export async function askAboutTraining(facts: FolderFacts, task: ModelTask): Promise<Training> {
  const { name, labels, manifest } = facts;
  switch (task) {
    case 'token-classification': {
      if ('labels' in manifest) return undefined;
      const meanings = await askForLabels(labels, name);
      return meanings && { labels: meanings };
    }
    case 'relation-extraction': {
      // The manifest of a BioBERT model already has this information.
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
