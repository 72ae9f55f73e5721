/** The parts of a reader, and the function that runs the rows of a request in batches. */
import { throwIfCancelled } from '../errors';
import { planBatches } from '../tensors/batch';
import type { Tokenizer } from '../tokens/encode';
import type { NameReader } from './passageNames';
import type { QuestionConfig, QuestionModel } from './questionModel';
import type { SentenceTagger } from './sentenceTagger';

export interface ReaderParts {
  readonly model: QuestionModel;
  readonly tokenizer: Tokenizer;
  readonly config: QuestionConfig;
  /**
   * Maximum number of tokens in one run, including padding; a single row that is longer runs alone. Default: 1,536.
   */
  readonly maxTokensPerBatch?: number | undefined;
  /**
   * Whether spans are judged by the words around them. Default: true; tests that compare scores with those of training
   * read without it.
   */
  readonly isJudged?: boolean | undefined;
  /** Finds the names of concepts. Default: answers are not merged by concept, and their types are not checked. */
  readonly names?: NameReader | undefined;
  /**
   * Gives the tagger that checks the types of answers. It is called when a question asks for a type. Default: there is
   * none.
   */
  readonly tagger?: (() => Promise<SentenceTagger | undefined>) | undefined;
}

const defaultMaxTokensPerBatch = 1536;

/** Number of rows that are planned together: planning takes quadratic time in the number of rows. */
const rowsPerPlan = 512;

/** Runs rows in batches of similar length. @throws {CancelledError} after `signal` was aborted; checked between batches. */
export async function runRows(
  { maxTokensPerBatch = defaultMaxTokensPerBatch }: ReaderParts,
  lengths: readonly number[],
  run: (members: readonly number[]) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let from = 0; from < lengths.length; from += rowsPerPlan) {
    for (const batch of planBatches(lengths.slice(from, from + rowsPerPlan), { maxTokensPerBatch })) {
      throwIfCancelled(signal);
      await run(batch.map((index) => from + index));
    }
  }
  throwIfCancelled(signal);
}
