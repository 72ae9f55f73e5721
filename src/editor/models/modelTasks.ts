import * as vscode from 'vscode';
import type { ModelTask } from '../../protocol/tasks';

// These words are not in the table of tasks: vscode.l10n.t needs each as a literal. The compiler asks for those of a new task.

/** The words of one task. */
type Words = Readonly<Record<ModelTask, string>>;

/** The task as a choice in a list. */
export function taskName(task: ModelTask): string {
  const names: Words = {
    'token-classification': vscode.l10n.t('Entities'),
    'relation-extraction': vscode.l10n.t('Relations'),
    'question-answering': vscode.l10n.t('Questions'),
  };
  return names[task];
}

/** Announces the model that a user has chosen for a task. */
export function nowUsed(task: ModelTask, model: string): string {
  const sentences: Words = {
    'token-classification': vscode.l10n.t('{0} now tags entities.', model),
    'relation-extraction': vscode.l10n.t('{0} now finds relations.', model),
    'question-answering': vscode.l10n.t('{0} now answers questions.', model),
  };
  return sentences[task];
}
