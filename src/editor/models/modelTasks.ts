import * as vscode from 'vscode';
import type { ModelTask } from '../../protocol/engine';

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
