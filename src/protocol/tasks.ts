/**
 * The one table of model tasks: everything that differs between tasks and is not code. The engine, the editor, the command
 * line and the benchmarks read it, so a new task is an entry here, a file `runtime/engine/<task>.ts`, and whatever the
 * compiler then asks for.
 */
import type { Head } from '../core/checkpointHead';
import { isOneOf } from './guards';

export const modelTasks = ['token-classification', 'relation-extraction', 'question-answering'] as const;

export type ModelTask = (typeof modelTasks)[number];

/** The task that tags entities: the default of every call that may leave the task out. */
export const defaultTask = 'token-classification' satisfies ModelTask;

export const isModelTask = isOneOf<ModelTask>(modelTasks);

/** The facts about one task and the models that do it. */
export interface TaskFacts {
  /** Folder below `models/` that holds the model that ships. */
  readonly folder: string;
  /** Setting below `biobert.` that names the folder of another model. */
  readonly setting: `model.${string}`;
  /** Option that names the folder of another model, for commands that run several models. */
  readonly option: `--${string}`;
  /** Help text of that option. */
  readonly optionHelp: string;
  /** What the last layer of a checkpoint for this task predicts. */
  readonly head: Head;
  /** How the class names of transformers end for that last layer. */
  readonly architecture: `For${string}`;
  /** One model, as in "Name the folder of …". */
  readonly noun: string;
  /** What a model does, as in "This is no model that …". */
  readonly does: string;
  /** What a user can do about a folder that does not exist. */
  readonly notFoundStep: string;
  /** What a user can do about a folder that holds a model of another task. */
  readonly mismatchStep: string;
}

export const taskTable = {
  'token-classification': {
    folder: 'tagger',
    setting: 'model.path',
    option: '--tagger',
    optionHelp: 'Another model that finds the entities.',
    head: 'token-classification',
    architecture: 'ForTokenClassification',
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
    architecture: 'ForSequenceClassification',
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
    architecture: 'ForQuestionAnswering',
    noun: 'a question model',
    does: 'answers questions',
    notFoundStep: 'Reinstall BioBERT, or name the folder of a question model.',
    mismatchStep: 'Choose a folder whose biobert.json names the task question-answering.',
  },
} as const satisfies Readonly<Record<ModelTask, TaskFacts>>;

/** The setting below `biobert.` of one of the tasks. */
export type ModelSetting = (typeof taskTable)[ModelTask]['setting'];

/** The folder of each task's model. A task without a folder is refused with MODEL_NOT_FOUND. */
export type ModelPaths = Readonly<Partial<Record<ModelTask, string>>>;

/** One value for each task. @example byTask((task) => taskTable[task].folder) // { 'token-classification': 'tagger', … } */
export function byTask<Value>(valueOf: (task: ModelTask) => Value): Record<ModelTask, Value> {
  return Object.fromEntries(modelTasks.map((task) => [task, valueOf(task)])) as Record<ModelTask, Value>;
}

/** The task of a checkpoint, or undefined for an encoder without a last layer. */
export function taskOfHead(head: Head): ModelTask | undefined {
  return modelTasks.find((task) => taskTable[task].head === head);
}
