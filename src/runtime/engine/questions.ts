/** The task that answers questions: loads its model and runs its requests. */
import { BioBertError, errorCodes, isCancelled, throwIfCancelled } from '../../core/errors';
import { checkPassages, checkQuestion } from '../../core/questions/check';
import { embedCached } from '../../core/questions/embeddingCache';
import { publicationAt } from '../../core/records/publicationPlaces';
import { createNameReader, type NameReader } from '../../core/questions/passageNames';
import { splitPassages } from '../../core/questions/splitPassages';
import { createReader, type Reader } from '../../core/questions/reader';
import type { ReaderParts } from '../../core/questions/readerParts';
import { type SentenceTagger, sentenceTagger } from '../../core/questions/sentenceTagger';
import { createTokenizer } from '../../core/tokens/encode';
import type { Batch } from '../../core/types';
import type {
  AnswerRequest,
  AnswerResult,
  CallOptions,
  EmbedRequest,
  PassagesRequest,
  PassagesResult,
} from '../../protocol/engine';
import { type QuestionsFolder, readQuestionsFolder } from '../modelFolders/questionsFolder';
import {
  type GraphShape,
  openSession,
  type OutputTensor,
  type Session,
  type SessionInputs,
  type SessionOptions,
} from '../onnx/session';
import { inTurn } from './batchTurns';
import { batchInputNames, batchInputs, orReleased, probeBatch, runProbe, tokensOf } from './bert';
import { embeddingGraph, embeddingNumbers, embeddingOutput, runEmbedding } from './embeddings';
import { taggerOf } from './entities';
import { LaterSession, openBeside } from './laterSession';
import { runStances, stanceGraph, stanceNumbers, stanceOutput } from './stances';
import type { LoadedQuestions, RequestContext } from './requestContext';
import { publicationsOf } from './recordsOf';
import { checkText } from './textLimits';
import { readingReport } from './readingReport';

/** Maximum number of numbers in each output. */
const numbersOf: ReadonlyMap<string, (inputs: SessionInputs) => number> = new Map([
  ['start_logits', tokensOf],
  ['end_logits', tokensOf],
  ['span_logits', (inputs) => 2 * tokensOf(inputs)],
  [stanceOutput, stanceNumbers],
  [embeddingOutput, embeddingNumbers],
]);

const questionGraph: GraphShape = {
  inputs: batchInputNames,
  requiredInputs: ['input_ids', 'attention_mask'],
  // One of two sets, see readSpans().
  requiredOutputs: [],
  numbersOf: (output, inputs) => numbersOf.get(output)?.(inputs) ?? 0,
  nextStep:
    'Export a question answering model with the inputs input_ids, attention_mask and token_type_ids and the outputs start_logits and end_logits [batch, sequence], or span_logits [batch, sequence, 2] with stance_logits [batch, 3] or embedding [batch, hidden].',
};

/** Loads the question model of a folder. @throws {BioBertError} when folder, runtime or the two together are unfit. */
export async function loadQuestions(path: string, options: SessionOptions): Promise<LoadedQuestions> {
  const folder = await readQuestionsFolder(path);
  const { config, stancePath, embeddingPath } = folder;
  const reader = new LaterSession(() => openReader(folder, options));
  const judge = later(stancePath, (at) => openBeside(at, stanceGraph, options));
  const embedder = later(embeddingPath, (at) => openEmbedder(at, folder, options));
  // An index needs embeddings alone, so the reader is opened at the first question. Only the reader says whether a
  // server runs the model.
  const first = await (embedder && !options.server ? embedder : reader).get();
  const embeds = embedder ?? (gives(first, embeddingOutput) ? reader : undefined);
  const judges = config.stance && (judge ?? reader);
  return {
    run: async (batch) => ({ spans: await readSpans(await reader.get(), batch) }),
    embed: embeds && (async (batch) => runEmbedding(await embeds.get(), batch)),
    stances: judges && (async (batch) => runStances(await judges.get(), batch)),
    info: {
      ...folder.info,
      runtime: first.runtime,
      questions: {
        verdicts: judges !== undefined,
        embeddings: embeds !== undefined,
        noAnswer: config.nullAnswer,
      },
    },
    config,
    tokenizer: createTokenizer(folder.vocabulary, folder.tokenizer),
    maxTokensPerBatch: first.maxTokensPerBatch,
    release: async () => {
      for (const session of [judge, embedder, reader]) await session?.release();
    },
  };
}

function later(path: string | undefined, open: (path: string) => Promise<Session>): LaterSession | undefined {
  return path === undefined ? undefined : new LaterSession(() => open(path));
}

async function openReader(folder: QuestionsFolder, options: SessionOptions): Promise<Session> {
  const session = await openSession(folder.onnxPath, questionGraph, options);
  return orReleased(session, async () => {
    await probeReader(session, folder);
    return session;
  });
}

/** A first run of every output that is used; their shapes are checked as at any other run. */
async function probeReader(
  session: Session,
  { vocabulary, config, stancePath, embeddingPath }: QuestionsFolder,
): Promise<void> {
  const judges = config.stance !== undefined && stancePath === undefined;
  if (judges && !gives(session, stanceOutput)) {
    throw unfit(`model.onnx has no output ${stanceOutput}, and the folder has no stance/model.onnx.`);
  }
  const batch = probeBatch(vocabulary, config.tokenTypes);
  await runProbe(async () => {
    await readSpans(session, batch);
    if (judges) await runStances(session, batch);
    if (embeddingPath === undefined && gives(session, embeddingOutput)) await runEmbedding(session, batch);
  });
}

async function openEmbedder(
  path: string,
  { vocabulary, config }: QuestionsFolder,
  options: SessionOptions,
): Promise<Session> {
  const session = await openBeside(path, embeddingGraph, options);
  return orReleased(session, async () => {
    await runProbe(() => runEmbedding(session, probeBatch(vocabulary, config.tokenTypes)));
    return session;
  });
}

function gives(session: Session, ...names: readonly string[]): boolean {
  return names.every((name) => session.outputNames.includes(name));
}

/**
 * Start and end logits, `[size, length, 2]`. Ours has one output for the borders of answers; what others fine-tune on
 * SQuAD has one for starts and one for ends. @throws {BioBertError} MODEL_SHAPE_MISMATCH for a graph of another kind.
 */
async function readSpans(session: Session, batch: Batch): Promise<Float32Array> {
  if (gives(session, 'start_logits', 'end_logits')) return runBorders(session, batch);
  if (!gives(session, 'span_logits')) {
    throw unfit('model.onnx has neither the outputs start_logits and end_logits nor span_logits.');
  }
  const found = await session.run(batchInputs(batch), ['span_logits']);
  return checked(found['span_logits'], 'span_logits', [batch.size, batch.length, 2]);
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

function checked(tensor: OutputTensor | undefined, name: string, expected: readonly number[]): Float32Array {
  const { data, dims = [] } = tensor ?? {};
  const fits = dims.length === expected.length && expected.every((dim, axis) => dims[axis] === dim);
  if (data && fits) return data;
  throw unfit(`model.onnx gives ${name} [${dims.join(', ')}] where [${expected.join(', ')}] was expected.`);
}

function unfit(message: string): BioBertError {
  return new BioBertError(errorCodes.MODEL_SHAPE_MISMATCH, message, questionGraph.nextStep);
}

/**
 * Runs a {@link PassagesRequest}. The model is loaded for embeddings only.
 * @throws {CancelledError} after the signal aborts, {@link BioBertError} otherwise.
 */
export async function splitDocument(
  context: RequestContext,
  { document, text, format, embed = false }: PassagesRequest,
): Promise<PassagesResult> {
  checkText(text, context.maxCharacters);
  await context.turn();
  throwIfCancelled(context.signal);
  const parsed = context.documents.parse(document, text, format);
  const publications = publicationsOf(parsed);
  const passages = splitPassages(parsed.segments).map((passage) => {
    const { name, id } = publicationAt(publications, passage.start) ?? {};
    return { ...passage, publication: name, citation: id };
  });
  const report = readingReport(parsed, { start: 0, end: text.length });
  if (!embed) return { passages, publications, ...report };
  const model = await context.load('question-answering');
  if (!model.embed) return { passages, publications, ...report };
  const texts = passages.map((passage) => passage.text);
  return { passages, publications, ...report, embeddings: await embedAll(context, model, texts) };
}

/** Runs an {@link EmbedRequest}. @throws {CancelledError} after the signal aborts, {@link BioBertError} otherwise. */
export async function embedTexts(
  context: RequestContext,
  { texts }: EmbedRequest,
): Promise<readonly Float32Array[]> {
  for (const text of texts) checkText(text, context.maxCharacters);
  return embedAll(context, await context.load('question-answering'), texts);
}

/** Embeds texts; the vectors of texts that were embedded before come from the cache. */
function embedAll(
  context: RequestContext,
  model: LoadedQuestions,
  texts: readonly string[],
): Promise<readonly Float32Array[]> {
  const reader = readerOf(context, model);
  const cache = context.caches['question-answering'];
  return embedCached(texts, cache, (some) => reader.embed(some, context));
}

/** Runs an {@link AnswerRequest}. @throws {CancelledError} after the signal aborts, {@link BioBertError} otherwise. */
export async function answerQuestion(
  context: RequestContext,
  request: AnswerRequest,
  onProgress: CallOptions<'answer'>['onProgress'],
): Promise<AnswerResult> {
  // These checks come before the model is loaded, because a bad question does not need it.
  checkQuestion(request.question);
  checkPassages(request.passages.map(({ text }) => text));
  for (const { text } of request.passages) checkText(text, context.maxCharacters);
  const model = await context.load('question-answering');
  const { signal } = context;
  const names = await nameReader(context);
  const tagger = () => answerTagger(context);
  const result = await readerOf(context, model, { names, tagger }).read(request, { signal, onProgress });
  return { ...result, model: model.info };
}

/** Finds the names of concepts, if the engine has a terminology. */
async function nameReader(context: RequestContext): Promise<NameReader | undefined> {
  const loaded = await context.terminology();
  return loaded && createNameReader(loaded.terminology);
}

/** The tagger for the sentences of answers. Without it, which has been logged, the answers are still worth showing. */
async function answerTagger(context: RequestContext): Promise<SentenceTagger | undefined> {
  if (!context.has('token-classification')) return undefined;
  try {
    return sentenceTagger(await taggerOf(context, await context.load('token-classification')));
  } catch (error) {
    if (isCancelled(error)) throw error;
    return undefined;
  }
}

/** A reader that gives way to more urgent requests between batches. */
function readerOf(
  context: RequestContext,
  model: LoadedQuestions,
  helpers: Pick<ReaderParts, 'names' | 'tagger'> = {},
): Reader {
  const { tokenizer, config, maxTokensPerBatch, embed, stances } = model;
  return createReader({
    model: {
      run: inTurn(context, (batch: Batch) => model.run(batch)),
      embed: embed && inTurn(context, embed),
      stances: stances && inTurn(context, stances),
    },
    tokenizer,
    config,
    maxTokensPerBatch,
    ...helpers,
  });
}
