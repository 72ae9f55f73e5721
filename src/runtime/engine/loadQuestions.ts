import { BioBertError, errorCodes } from '../../core/errors';
import type { QuestionConfig, QuestionLogits, QuestionModel } from '../../core/questions/types';
import { createTokenizer, type Tokenizer } from '../../core/tokens/encode';
import type { Batch } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import { batchInputNames, batchInputs, orReleased, probeBatch, runProbe } from './bert';
import { type QuestionsFolder, readQuestionsFolder } from '../models/questionsFolder';
import {
  type GraphShape,
  openSession,
  type OutputTensor,
  type Session,
  type SessionOptions,
} from '../onnx/session';

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
  // One of two sets, see modelOf().
  requiredOutputs: [],
  nextStep:
    'Export a question answering model with the inputs input_ids, attention_mask and token_type_ids and the outputs start_logits and end_logits [batch, sequence], or span_logits [batch, sequence, 2] with verdict_logits [batch, 3] and embedding [batch, hidden].',
};

/** The question model of a folder. @throws {BioBertError} when folder, runtime or the two together are unfit. */
export async function loadQuestions(path: string, options: SessionOptions): Promise<LoadedQuestions> {
  const folder = await readQuestionsFolder(path);
  const session = await openSession(folder.onnxPath, questionGraph, options);
  const { config } = folder;
  const model = await orReleased(session, async () => {
    const found = modelOf(session);
    await probe(found, folder);
    return found;
  });
  const questions = {
    verdicts: model.gives('verdict_logits'),
    embeddings: model.embed !== undefined,
    noAnswer: config.nullAnswer,
  };
  return {
    ...model,
    info: { ...folder.info, runtime: session.runtime, questions },
    config,
    tokenizer: createTokenizer(folder.vocabulary, folder.tokenizer),
    maxTokensPerBatch: session.maxTokensPerBatch,
    release: () => session.release(),
  };
}

/**
 * Ours has one output for the borders of answers, one for verdicts and one for the embedding; what others fine-tune on
 * SQuAD has one for starts and one for ends. @throws {BioBertError} MODEL_SHAPE_MISMATCH for a graph of another kind.
 */
function modelOf(session: Session): QuestionModel & { readonly gives: (output: string) => boolean } {
  const gives = (...names: readonly string[]) => names.every((name) => session.outputNames.includes(name));
  const embed = gives('embedding') ? (batch: Batch) => runEmbedding(session, batch) : undefined;
  if (gives('start_logits', 'end_logits')) {
    return { gives, embed, run: async (batch) => ({ spans: await runBorders(session, batch) }) };
  }
  if (gives('span_logits')) {
    return { gives, embed, run: (batch) => runSpans(session, batch, gives('verdict_logits')) };
  }
  throw unfit('model.onnx has neither the outputs start_logits and end_logits nor span_logits.');
}

async function runSpans(session: Session, batch: Batch, verdicts: boolean): Promise<QuestionLogits> {
  const names = verdicts ? ['span_logits', 'verdict_logits'] : ['span_logits'];
  const found = await session.run(batchInputs(batch), names);
  return {
    spans: checked(found['span_logits'], 'span_logits', [batch.size, batch.length, 2]),
    verdicts: verdicts ? checked(found['verdict_logits'], 'verdict_logits', [batch.size, 3]) : undefined,
  };
}

/** Starts and ends, put beside each other: `[size, length, 2]`. */
async function runBorders(session: Session, batch: Batch): Promise<Float32Array> {
  const found = await session.run(batchInputs(batch), ['start_logits', 'end_logits']);
  const dims = [batch.size, batch.length];
  const starts = checked(found.start_logits, 'start_logits', dims);
  const ends = checked(found.end_logits, 'end_logits', dims);
  const spans = new Float32Array(2 * starts.length);
  for (let place = 0; place < starts.length; place++) {
    spans[2 * place] = starts[place] ?? 0;
    spans[2 * place + 1] = ends[place] ?? 0;
  }
  return spans;
}

async function runEmbedding(session: Session, batch: Batch): Promise<readonly Float32Array[]> {
  const { embedding } = await session.run(batchInputs(batch), ['embedding']);
  const width = embedding.dims[1] ?? 0;
  const data = checked(embedding, 'embedding', [batch.size, width]);
  // Copies: a view would keep the whole batch in memory as long as one vector of it is kept.
  return Array.from({ length: batch.size }, (_, row) => data.slice(row * width, (row + 1) * width));
}

function checked(tensor: OutputTensor | undefined, name: string, expected: readonly number[]): Float32Array {
  const { data, dims = [] } = tensor ?? {};
  const fits = dims.length === expected.length && expected.every((dim, axis) => dims[axis] === dim);
  if (data && fits) return data;
  throw unfit(`model.onnx gives ${name} [${dims.join(', ')}] where [${expected.join(', ')}] was expected.`);
}

function unfit(message: string): BioBertError {
  return new BioBertError(errorCodes.MODEL_SHAPE_MISMATCH, message, questionGraph.nextStep);
}

/** A first run of every output; their shapes are checked as at any other run. */
async function probe(model: QuestionModel, { vocabulary, config }: QuestionsFolder): Promise<void> {
  const batch = probeBatch(vocabulary, config.tokenTypes);
  await runProbe(async () => {
    await model.run(batch);
    await model.embed?.(batch);
  });
}
