/** What a model of each task is measured by: the work that is timed, and what it is counted in. */
import { headOf } from '../../core/checkpointHead';
import type { BioBertEngine, TagRequest } from '../../protocol/engine';
import { isModelTask, type ModelTask, taskOfHead } from '../../protocol/tasks';
import { ModelFiles } from '../../runtime/models/modelFiles';
import { manifestFile } from '../../runtime/models/modelFolder';

export type BenchText = Pick<TagRequest, 'document' | 'text' | 'format' | 'priority'>;

export interface Work {
  readonly sentences: number;
  /** Of the unit of its task. */
  readonly units: number;
}

export interface BenchTask {
  readonly unit: 'tokens' | 'pairs' | 'passages';
  /** Makes ready what is not timed. @returns what is. */
  prepare(engine: BioBertEngine, text: BenchText, signal: AbortSignal): Promise<() => Promise<Work>>;
}

/** It has an answer in some made-up abstracts, and every model reads all of them to its end. */
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

/** What a model folder says that it does; a tagger where it says nothing, which its loader then checks. */
export async function taskOfFolder(folder: string): Promise<ModelTask> {
  const files = new ModelFiles(folder, 'token-classification');
  const named = (await files.readJson(manifestFile))?.['task'];
  if (isModelTask(named)) return named;
  const head = headOf((await files.readJson('config.json')) ?? {});
  return (head && taskOfHead(head)) ?? 'token-classification';
}
