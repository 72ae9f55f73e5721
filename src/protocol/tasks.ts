import type { Head } from '../core/checkpointHead';
import type { ModelTask } from './engine';

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
