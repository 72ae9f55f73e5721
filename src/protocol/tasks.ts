/**
 * The table of model tasks: every difference between tasks that is data and not code. The engine, the editor, the
 * command line and the benchmarks read it. To add a task, add an entry here and a file `runtime/engine/<task>.ts`; the
 * compiler then reports what else is missing.
 */
import type { Head } from '../core/checkpointHead';
import { isOneOf } from './guards';

export const modelTasks = ['token-classification', 'relation-extraction', 'question-answering'] as const;

export type ModelTask = (typeof modelTasks)[number];

/** The task that tags entities. It is the default of every function with an optional task. */
export const defaultTask = 'token-classification' satisfies ModelTask;

export const isModelTask = isOneOf<ModelTask>(modelTasks);

/** Properties of one task and of its models. */
export interface TaskFacts {
  /** Folder below `models/` of the model that ships with the extension. */
  readonly folder: string;
  /** Setting below `biobert.` that names the folder of another model. */
  readonly setting: `model.${string}`;
  /** Option that names the folder of another model, for commands that run several models. */
  readonly option: `--${string}`;
  /** Help text of that option. */
  readonly optionHelp: string;
  /** The kind of head that a checkpoint for this task has. */
  readonly head: Exclude<Head, 'encoder'>;
  /** Noun phrase for one model, as in "Name the folder of …". */
  readonly noun: string;
  /** Verb phrase for the function of a model, as in "This is no model that …". */
  readonly does: string;
  /** Next step of the error for a folder that does not exist. */
  readonly notFoundStep: string;
  /** Next step of the error for a folder with a model of another task. */
  readonly mismatchStep: string;
}

export const taskTable = {
  'token-classification': {
    folder: 'tagger',
    setting: 'model.path',
    option: '--tagger',
    optionHelp: 'Another model that finds the entities.',
    head: 'token-classification',
    noun: 'a tagger',
    does: 'tags entities',
    notFoundStep:
      'Correct the setting biobert.model.path, or empty it for the model that ships with BioBERT.',
    mismatchStep: 'Choose a token classification model.',
  },
  'relation-extraction': {
    folder: 'relations',
    setting: 'model.relationsPath',
    option: '--relations',
    optionHelp: 'Another relation model.',
    head: 'sequence-classification',
    noun: 'a relation model',
    does: 'finds relations',
    notFoundStep: 'Reinstall BioBERT, or name the folder of a relation model.',
    mismatchStep: 'Choose a folder whose biobert.json names the task relation-extraction.',
  },
  'question-answering': {
    folder: 'questions',
    setting: 'model.questionsPath',
    option: '--questions',
    optionHelp: 'Another question model.',
    head: 'question-answering',
    noun: 'a question model',
    does: 'answers questions',
    notFoundStep: 'Reinstall BioBERT, or name the folder of a question model.',
    mismatchStep: 'Choose a folder whose biobert.json names the task question-answering.',
  },
} as const satisfies Readonly<Record<ModelTask, TaskFacts>>;

/** Name of a setting below `biobert.` that names the model folder of a task. */
export type ModelSetting = (typeof taskTable)[ModelTask]['setting'];

/** The folder of each task's model. A task without a folder is refused with MODEL_NOT_FOUND. */
export type ModelPaths = Readonly<Partial<Record<ModelTask, string>>>;

/** Computes one value for each task. @example byTask((task) => taskTable[task].folder) // { 'token-classification': 'tagger', … } */
export function byTask<Value>(valueOf: (task: ModelTask) => Value): Record<ModelTask, Value> {
  return Object.fromEntries(modelTasks.map((task) => [task, valueOf(task)])) as Record<ModelTask, Value>;
}

/** The task of a checkpoint, or undefined for an encoder without a last layer. */
export function taskOfHead(head: Head): ModelTask | undefined {
  return modelTasks.find((task) => taskTable[task].head === head);
}
