/** The reader of questions with the helpers that the engine gives it. */
import { createTagger } from '../../src/core/entities/pipeline';
import { createNameReader } from '../../src/core/questions/passageNames';
import { createReader, type Reader } from '../../src/core/questions/reader';
import { sentenceTagger } from '../../src/core/questions/sentenceTagger';
import { knownNamesOf, loadTagger } from '../../src/runtime/engine/entities';
import { loadQuestions } from '../../src/runtime/engine/questions';
import type { LoadedQuestions } from '../../src/runtime/engine/requestContext';
import { nullLogger } from '../../src/runtime/log';
import { readTerminology } from '../../src/runtime/modelFolders/terminologyFolder';

export interface AnswerReader extends Reader {
  readonly info: LoadedQuestions['info'];
  readonly release: () => Promise<void>;
}

export interface AnswerFolders {
  readonly questions: string;
  readonly tagger: string;
  readonly terminology: string;
}

/** Opens the reader. @param threads Number of threads. 0: as many as the runtime likes. */
export async function openAnswerReader(folders: AnswerFolders, threads: number): Promise<AnswerReader> {
  const options = { threads, log: nullLogger };
  const model = await loadQuestions(folders.questions, options);
  const terminology = await readTerminology(folders.terminology);
  const tags = await loadTagger(folders.tagger, options);
  const knownNames = knownNamesOf(terminology, tags.config);
  const tagger = sentenceTagger(createTagger({ ...tags, model: tags, knownNames }));
  const names = terminology && createNameReader(terminology);
  return {
    ...createReader({ ...model, model, names, tagger: () => Promise.resolve(tagger) }),
    info: model.info,
    release: async () => {
      await tags.release();
      await model.release();
    },
  };
}
