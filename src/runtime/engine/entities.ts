/** The task that tags entities: loads its model and runs its requests. */
import type { ParsedDocument } from '../../core/documents/parse';
import {
  type ConsistencyOptions,
  createTagger,
  type Tagger,
  type TaggerResult,
  type TaggerOptions,
} from '../../core/entities/pipeline';
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
import { recordAt } from '../../core/records/recordParts';
import { createTokenizer } from '../../core/tokens/encode';
import type { KnownNameParts } from '../../core/entities/knownNameStage';
import { conceptFinder, findKnownNames } from '../../core/linking/knownNames';
import type { Terminology } from '../../core/linking/terminology';
import type { Batch, Logits, Model, Segment, Span, TaggerConfig } from '../../core/types';
import type { CallOptions, TagRequest, TagResult } from '../../protocol/engine';
import { type TaggerFolder, readTaggerFolder } from '../modelFolders/taggerFolder';
import {
  type GraphTensors,
  openSession,
  type Session,
  type SessionInputs,
  type SessionOptions,
} from '../onnx/session';
import { inTurn } from './batchTurns';
import { batchInputNames, batchInputs, orReleased, probeBatch, runProbe, tokensOf } from './bert';
import { segmentsIn } from './documentCache';
import { linkMentions } from './linking';
import type { LoadedTagger, RequestContext } from './requestContext';
import { recordStartsOf } from './recordsOf';
import { checkText } from './textLimits';
import { readingReport } from './readingReport';

const taggerGraph: GraphTensors = {
  inputs: batchInputNames,
  requiredInputs: ['input_ids'],
  requiredOutputs: [],
  nextStep:
    'Export a token classification model with the inputs input_ids, attention_mask and token_type_ids and the output logits [batch, sequence, labels].',
};

/** Loads the tagger of a folder. @throws {BioBertError} when folder, runtime or the two together are unfit. */
export async function loadTagger(path: string, options: SessionOptions): Promise<LoadedTagger> {
  const folder = await readTaggerFolder(path);
  const labels = folder.config.labels.length;
  const numbersOf = (_output: string, inputs: SessionInputs) => labels * tokensOf(inputs);
  const session = await openSession(folder.onnxPath, { ...taggerGraph, numbersOf }, options);
  const run = (batch: Batch) => runTagger(session, batch);
  await orReleased(session, () => probe({ run }, folder));
  return {
    info: { ...folder.info, runtime: session.runtime },
    config: folder.config,
    tokenizer: createTokenizer(folder.vocabulary, folder.tokenizer),
    maxTokensPerBatch: session.maxTokensPerBatch,
    run,
    release: () => session.release(),
  };
}

async function runTagger(session: Session, batch: Batch): Promise<Logits> {
  const name = session.outputNames.includes('logits') ? 'logits' : (session.outputNames[0] ?? '');
  const { data, dims } = (await session.run(batchInputs(batch), [name]))[name] ?? { dims: [] };
  const [size, length, labels] = dims;
  if (data && dims.length === 3 && size !== undefined && length !== undefined && labels !== undefined) {
    return { data, dims: [size, length, labels] };
  }
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives logits of ${dims.length} dimensions.`,
    taggerGraph.nextStep,
  );
}

/** A first run: the logits show whether there is one for each label. */
async function probe(model: Model, { vocabulary, config }: TaggerFolder): Promise<void> {
  const batch = probeBatch(vocabulary, config.tokenTypes);
  const logits = await runProbe(() => model.run(batch));
  const [size, length, labels] = logits.dims;
  if (size === 1 && length === batch.length && labels === config.labels.length) return;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives logits [${size}, ${length}, ${labels}] where config.json names ${config.labels.length} labels.`,
    'Put the config.json that was exported with model.onnx beside it.',
  );
}

/** Runs a {@link TagRequest}. @throws {CancelledError} after the signal aborts, {@link BioBertError} otherwise. */
export async function tagDocument(
  context: RequestContext,
  request: TagRequest,
  onProgress: CallOptions<'tag'>['onProgress'],
): Promise<TagResult> {
  checkText(request.text, context.maxCharacters);
  const model = await context.load('token-classification');
  throwIfCancelled(context.signal);
  await context.turn();
  const parsed = context.documents.parse(request.document, request.text, request.format);
  const { segments, covered } = segmentsIn(parsed, request.range);
  const { types, minProbability, consistency = true } = request;
  const records = recordStartsOf(parsed);
  const agreeing = consistency ? consistencyOf(parsed, records, segments, covered) : undefined;
  const options = { types, minProbability, consistency: agreeing, onProgress };
  const { link } = request;
  const tagged = await tagSegments(context, model, { text: request.text, segments, options, link });
  const linked = await linkMentions(context, { parsed, records, segments, ...tagged }, request);
  const isOneOfMany = request.range !== undefined && records.length > 1;
  const paper = isOneOfMany && { paper: recordAt(records, covered.start, parsed.text.length) };
  return { ...tagged, ...linked, ...paper, covered, model: model.info, ...readingReport(parsed, covered) };
}

/**
 * How far around a tagged range names are looked at, in characters. Most abstracts lie within it. A hover or an edit in a
 * book stays quick: in a text of 52,000 characters it takes less than twice the time that one sentence takes alone. A long
 * document is made consistent whenever it is tagged as a whole, as it is after a pause in typing.
 */
const contextCharacters = 3_000;

/**
 * The options of the stage that sees whole documents.
 *
 * @param records Offsets at which the publications of the document begin.
 * @param covered The range that `segments` cover.
 */
export function consistencyOf(
  parsed: ParsedDocument,
  records: readonly number[],
  segments: readonly Segment[],
  covered: Span,
): ConsistencyOptions {
  if (segments.length === parsed.segments.length) return { records };
  const first = records.findLast((start) => start <= covered.start) ?? 0;
  const next = records.find((start) => start >= covered.end) ?? parsed.text.length;
  const around = {
    start: Math.max(first, covered.start - contextCharacters),
    end: Math.min(next, covered.end + contextCharacters),
  };
  const tagged = new Set(segments);
  const context = segmentsIn(parsed, around).segments.filter((segment) => !tagged.has(segment));
  return { records, context };
}

/** The stage in which a terminology helps the tagger, if there is one and the model has weights for it. */
export function knownNamesOf(
  terminology: Terminology | undefined,
  { nameWeights: weights }: Pick<TaggerConfig, 'nameWeights'>,
): KnownNameParts | undefined {
  if (terminology === undefined || weights === undefined) return undefined;
  return {
    weights,
    knownNames: (text) => findKnownNames(text, terminology),
    conceptsOf: conceptFinder(terminology),
  };
}

interface SegmentsToTag {
  /** The whole document. */
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly options: Omit<TaggerOptions, 'pause' | 'signal'>;
  /** Whether the terminology is used. Default: true. */
  readonly link?: boolean | undefined;
}

/** Tags segments, giving way to more urgent requests between batches. */
export async function tagSegments(
  context: RequestContext,
  model: LoadedTagger,
  { text, segments, options, link }: SegmentsToTag,
): Promise<TaggerResult> {
  const tagger = await taggerOf(context, model, link);
  const { signal, turn: pause } = context;
  return tagger.tag(text, segments, { ...options, splitEnumerations: true, signal, pause });
}

/** A tagger that gives way to more urgent requests between batches. @param link Whether the terminology is used. */
export async function taggerOf(context: RequestContext, model: LoadedTagger, link = true): Promise<Tagger> {
  const { tokenizer, config, maxTokensPerBatch } = model;
  const run = inTurn(context, (batch: Batch) => model.run(batch));
  const cache = context.caches['token-classification'];
  const loaded = link ? await context.terminology() : undefined;
  const knownNames = knownNamesOf(loaded?.terminology, config);
  return createTagger({ model: { run }, tokenizer, config, maxTokensPerBatch, cache, knownNames });
}
