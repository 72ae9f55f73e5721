import * as vscode from 'vscode';
import type { Head } from '../../core/checkpoints/architecture';
import type { ModelTask } from '../../protocol/engine';

export const modelTasks: readonly ModelTask[] = [
  'token-classification',
  'relation-extraction',
  'question-answering',
];

/** What a checkpoint's last layer can do here; an encoder alone does nothing yet. */
export const tasksOfHeads: Readonly<Record<Head, ModelTask | undefined>> = {
  'token-classification': 'token-classification',
  'sequence-classification': 'relation-extraction',
  'question-answering': 'question-answering',
  encoder: undefined,
};

/** The head of a checkpoint for a task. */
export const headOfTask: Readonly<Record<ModelTask, Head>> = {
  'token-classification': 'token-classification',
  'relation-extraction': 'sequence-classification',
  'question-answering': 'question-answering',
};

export function taskName(task: ModelTask): string {
  return {
    'token-classification': vscode.l10n.t('Entities'),
    'relation-extraction': vscode.l10n.t('Relations'),
    'question-answering': vscode.l10n.t('Questions'),
  }[task];
}

/** What has changed, once another model was chosen. */
export function nowUsed(task: ModelTask, model: string): string {
  return {
    'token-classification': vscode.l10n.t('{0} tags entities from now on.', model),
    'relation-extraction': vscode.l10n.t('{0} finds relations from now on.', model),
    'question-answering': vscode.l10n.t('{0} answers questions from now on.', model),
  }[task];
}
