/** Defines, for each task, the work that a benchmark times and the unit in which it is counted. */
import { headOf } from '../../core/checkpointHead';
import type { BioBertEngine, TagRequest } from '../../protocol/engine';
import { isModelTask, type ModelTask, taskOfHead } from '../../protocol/tasks';
import { ModelFiles } from '../../runtime/modelFolders/modelFiles';
import { manifestFile } from '../../runtime/modelFolders/modelFolder';

export type BenchText = Pick<TagRequest, 'document' | 'text' | 'format' | 'priority'>;

export interface Work {
  readonly sentences: number;
  /** Amount of work, in the unit of the task. */
  readonly units: number;
}

export interface BenchTask {
  readonly unit: 'tokens' | 'pairs' | 'passages';
  /** Prepares the work, which is not timed. @returns a function that does the work and is timed. */
  prepare(engine: BioBertEngine, text: BenchText, signal: AbortSignal): Promise<() => Promise<Work>>;
}

/** Some of the generated abstracts answer this question. Every model reads all abstracts completely. */
const question = 'Which gene is associated with asthma?';

export const benchTasks: Readonly<Record<ModelTask, BenchTask>> = {
  'token-classification': {
    unit: 'tokens',
    prepare: (engine, text, signal) =>
      Promise.resolve(async () => {
        const { sentences, tokens } = await engine.tag(text, { signal });
        return { sentences, units: tokens };
      }),
  },
  'relation-extraction': {
    unit: 'pairs',
    prepare: async (engine, text, signal) => {
      const { sentences, entities } = await engine.tag(text, { signal });
      return async () => {
        const { pairs } = await engine.relations({ ...text, entities }, { signal });
        return { sentences, units: pairs };
      };
    },
  },
  'question-answering': {
    unit: 'passages',
    prepare: async (engine, text, signal) => {
      const { passages } = await engine.passages(text, { signal });
      const sentences = passages.reduce((sum, passage) => sum + passage.sentences.length, 0);
      return async () => {
        const { read } = await engine.answer({ question, passages }, { signal });
        return { sentences, units: read };
      };
    },
  },
};

/** The task that a model folder states. Default: tagging; the loader of taggers then checks the folder. */
export async function taskOfFolder(folder: string): Promise<ModelTask> {
  const files = new ModelFiles(folder, 'token-classification');
  const task = (await files.readJson(manifestFile))?.['task'];
  if (isModelTask(task)) return task;
  const head = headOf((await files.readJson('config.json')) ?? {});
  return (head && taskOfHead(head)) ?? 'token-classification';
}
