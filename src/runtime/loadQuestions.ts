import { BioBertError, errorCodes } from '../core/errors';
import type { QuestionConfig, QuestionLogits, QuestionModel } from '../core/questions/types';
import { createTokenizer, type Tokenizer } from '../core/tokens/encode';
import type { Batch } from '../core/types';
import type { ModelInfo } from '../protocol/engine';
import { batchInputNames, batchInputs, orReleased, probeBatch, runProbe } from './bert';
import { type QuestionsFolder, readQuestionsFolder } from './questionsFolder';
import {
  type GraphShape,
  openSession,
  type OutputTensor,
  type Session,
  type SessionOptions,
} from './session';

/** A question model that has been run once. */
export interface LoadedQuestions extends QuestionModel {
  readonly info: ModelInfo;
  readonly config: QuestionConfig;
  readonly tokenizer: Tokenizer;
  readonly maxTokensPerBatch?: number | undefined;
  release(): Promise<void>;
}

const questionGraph: GraphShape = {
  inputs: batchInputNames,
  requiredInputs: ['input_ids', 'attention_mask'],
  requiredOutputs: ['span_logits', 'verdict_logits', 'embedding'],
  nextStep:
    'Export a question model with the inputs input_ids, attention_mask and token_type_ids and the outputs span_logits [batch, sequence, 2], verdict_logits [batch, 3] and embedding [batch, hidden].',
};

/** The question model of a folder. @throws {BioBertError} when folder, runtime or the two together are unfit. */
export async function loadQuestions(path: string, options: SessionOptions): Promise<LoadedQuestions> {
  const folder = await readQuestionsFolder(path);
  const session = await openSession(folder.onnxPath, questionGraph, options);
  const model: QuestionModel = {
    run: (batch) => runQuestions(session, batch),
    embed: (batch) => runEmbedding(session, batch),
  };
  await orReleased(session, () => probe(model, folder));
  return {
    ...model,
    info: { ...folder.info, runtime: session.runtime },
    config: folder.config,
    tokenizer: createTokenizer(folder.vocabulary, folder.tokenizer),
    maxTokensPerBatch: session.maxTokensPerBatch,
    release: () => session.release(),
  };
}

async function runQuestions(session: Session, batch: Batch): Promise<QuestionLogits> {
  const found = await session.run(batchInputs(batch), ['span_logits', 'verdict_logits']);
  return {
    spans: checked(found.span_logits, 'span_logits', [batch.size, batch.length, 2]),
    verdicts: checked(found.verdict_logits, 'verdict_logits', [batch.size, 3]),
  };
}

async function runEmbedding(session: Session, batch: Batch): Promise<readonly Float32Array[]> {
  const { embedding } = await session.run(batchInputs(batch), ['embedding']);
  const width = embedding.dims[1] ?? 0;
  const data = checked(embedding, 'embedding', [batch.size, width]);
  // Copies: a view would keep the whole batch in memory as long as one vector of it is kept.
  return Array.from({ length: batch.size }, (_, row) => data.slice(row * width, (row + 1) * width));
}

function checked({ data, dims }: OutputTensor, name: string, expected: readonly number[]): Float32Array {
  if (dims.length === expected.length && expected.every((dim, axis) => dims[axis] === dim)) return data;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives ${name} [${dims.join(', ')}] where [${expected.join(', ')}] was expected.`,
    questionGraph.nextStep,
  );
}

/** A first run of every output; their shapes are checked as at any other run. */
async function probe(model: QuestionModel, { vocabulary, config }: QuestionsFolder): Promise<void> {
  const batch = probeBatch(vocabulary, config.tokenTypes);
  await runProbe(async () => {
    await model.run(batch);
    await model.embed(batch);
  });
}
