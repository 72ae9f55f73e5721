/** The task that finds relations: loads its model and runs its requests. */
import { bySpan } from '../../core/spanOrder';
import type { ParsedDocument } from '../../core/documents/parse';
import { abbreviationsOf, type ConsistencyOptions } from '../../core/entities/pipeline';
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
import { publicationAt } from '../../core/records/publicationPlaces';
import {
  isPairwise,
  logitCount,
  type PairwiseConfig,
  type RelationConfig,
} from '../../core/relations/config';
import { toHeadLogits } from '../../core/relations/outputs';
import { createRelater, type RelateProgress } from '../../core/relations/relate';
import type { PairScores, RelationBatch, RelationModel } from '../../core/relations/score';
import { createTokenizer } from '../../core/tokens/encode';
import type { Abbreviation, Entity, Relation, Segment } from '../../core/types';
import type { CallOptions, RelationsRequest, RelationsResult, TerminologyInfo } from '../../protocol/engine';
import { readRelationsFolder, type RelationsFolder } from '../modelFolders/relationsFolder';
import {
  type GraphShape,
  type GraphTensors,
  openSession,
  type Session,
  type SessionOptions,
} from '../onnx/session';
import { inTurn } from './batchTurns';
import { batchInputNames, batchInputs, orReleased, probeBatch, rowsOf, runProbe } from './bert';
import { segmentsIn } from './documentCache';
import { consistencyOf, tagSegments } from './entities';
import { linkMentions } from './linking';
import type { LoadedRelations, RequestContext } from './requestContext';
import { publicationsOf } from './recordsOf';
import { checkText } from './textLimits';
import { readingReport } from './readingReport';

const markedGraph: GraphTensors = {
  inputs: [...batchInputNames, 'pairs'],
  requiredInputs: ['input_ids', 'pairs'],
  requiredOutputs: ['pair_logits'],
  nextStep:
    'Export a relation model with the inputs input_ids, attention_mask, token_type_ids and pairs [pairs, 3] and the output pair_logits [pairs, labels].',
};

const pairwiseGraph: GraphTensors = {
  inputs: batchInputNames,
  requiredInputs: ['input_ids'],
  requiredOutputs: ['logits'],
  nextStep:
    'Export a sequence classification model with the inputs input_ids, attention_mask and token_type_ids and the output logits [batch, labels].',
};

/** Loads the relation model of a folder. @throws {BioBertError} when folder, runtime or the two together are unfit. */
export async function loadRelations(path: string, options: SessionOptions): Promise<LoadedRelations> {
  const folder = await readRelationsFolder(path);
  const { config } = folder;
  const session = await openSession(folder.onnxPath, graphOf(config), options);
  const run = (batch: RelationBatch) =>
    isPairwise(config) ? runPairwise(session, batch, config) : runMarked(session, batch);
  await orReleased(session, () => probe({ run }, folder));
  return {
    info: { ...folder.info, runtime: session.runtime },
    config,
    tokenizer: createTokenizer(folder.vocabulary, folder.tokenizer),
    maxTokensPerBatch: session.maxTokensPerBatch,
    run,
    release: () => session.release(),
  };
}

/** The graph of a model. Its scores are one for each label of each pair. */
function graphOf(config: RelationConfig): GraphShape {
  if (isPairwise(config)) {
    const labels = config.outputs.length;
    return { ...pairwiseGraph, numbersOf: (_output, inputs) => labels * rowsOf(inputs) };
  }
  const labels = logitCount(config.heads);
  return {
    ...markedGraph,
    numbersOf: (_output, { pairs }) => labels * (pairs?.dims[0] ?? 0),
  };
}

async function runMarked(session: Session, batch: RelationBatch): Promise<PairScores> {
  const pairs = { data: batch.pairs, dims: [batch.pairs.length / 3, 3] };
  const { pair_logits: logits } = await session.run({ ...batchInputs(batch), pairs }, ['pair_logits']);
  const [count, labels] = logits.dims;
  if (logits.dims.length === 2 && count !== undefined && labels !== undefined) {
    return { data: logits.data, dims: [count, labels] };
  }
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives pair_logits of ${logits.dims.length} dimensions.`,
    markedGraph.nextStep,
  );
}

/** Each row is a pair. */
async function runPairwise(
  session: Session,
  batch: RelationBatch,
  { outputs }: PairwiseConfig,
): Promise<PairScores> {
  const { logits } = await session.run(batchInputs(batch), ['logits']);
  const [rows, width] = logits.dims;
  if (logits.dims.length === 2 && rows === batch.size && width === outputs.length) {
    return toHeadLogits({ data: logits.data, dims: [rows, width] }, outputs);
  }
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives logits [${logits.dims.join(', ')}] where config.json names ${outputs.length} labels.`,
    'Put the config.json that was exported with model.onnx beside it.',
  );
}

/** A first run with one pair: the logits show whether there is one for each label. */
async function probe(model: RelationModel, { vocabulary, config }: RelationsFolder): Promise<void> {
  const batch = { ...probeBatch(vocabulary, config.tokenTypes), pairs: BigInt64Array.of(0n, 0n, 1n) };
  const { dims } = await runProbe(() => model.run(batch));
  const labels = logitCount(config.heads);
  if (dims[0] === 1 && dims[1] === labels) return;
  throw new BioBertError(
    errorCodes.MODEL_SHAPE_MISMATCH,
    `model.onnx gives pair_logits [${dims.join(', ')}] where biobert.json names ${labels} labels.`,
    'Put the biobert.json that was exported with model.onnx beside it.',
  );
}

/**
 * Runs a {@link RelationsRequest}: tags the text if the request brings no entities, then relates them.
 * @throws {CancelledError} after the signal aborts, {@link BioBertError} otherwise.
 */
export async function relateDocument(
  context: RequestContext,
  request: RelationsRequest,
  onProgress: CallOptions<'relations'>['onProgress'],
): Promise<RelationsResult> {
  const { text, format, types, minProbability } = request;
  const { signal, turn } = context;
  checkText(text, context.maxCharacters);
  const model = await context.load('relation-extraction');
  throwIfCancelled(signal);
  await turn();
  const parsed = context.documents.parse(request.document, text, format);
  const { segments, covered } = segmentsIn(parsed, request.range);
  const progress = new TwoStepProgress(segments, request.entities === undefined, onProgress);
  const publications = publicationsOf(parsed);
  const records = publications.map(({ start }) => start);
  const consistency = () => consistencyOf(parsed, records, segments, covered);
  const source = { parsed, records, segments, consistency, progress };
  const { terminology, ...mentions } = await mentionsOf(context, request, source);
  const { tokenizer, config, maxTokensPerBatch } = model;
  const run = inTurn(context, (batch: RelationBatch) => model.run(batch));
  const cache = context.caches['relation-extraction'];
  const relater = createRelater({ model: { run }, tokenizer, config, maxTokensPerBatch, cache });
  const named = (relations: readonly Relation[]): readonly Relation[] =>
    relations.map((relation) => {
      const { name, id } = publicationAt(publications, relation.evidence.start) ?? {};
      return { ...relation, publication: name, citation: id };
    });
  const related = await relater.relate(
    { segments, borders: records, ...mentions },
    {
      signal,
      types,
      minProbability,
      pause: turn,
      onProgress: (step) => progress.related({ ...step, relations: named(step.relations) }),
    },
  );
  return {
    ...related,
    relations: named(related.relations),
    covered,
    model: model.info,
    terminology,
    ...readingReport(parsed, covered),
  };
}

interface MentionSource {
  readonly parsed: ParsedDocument;
  /** Offsets at which publications begin, ascending. */
  readonly records: readonly number[];
  readonly segments: readonly Segment[];
  /** Called only if the request brings no entities. */
  readonly consistency: () => ConsistencyOptions;
  readonly progress: TwoStepProgress;
}

interface Mentions {
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  readonly terminology?: TerminologyInfo | undefined;
}

/**
 * The mentions that the request brings, with the concepts that they have, or those that the tagger finds, which are
 * linked.
 */
async function mentionsOf(
  context: RequestContext,
  { entities, entityTypes: types, text, link, terms }: RelationsRequest,
  { parsed, records, segments, consistency, progress }: MentionSource,
): Promise<Mentions> {
  if (entities) {
    const abbreviations = segments.flatMap((segment) => abbreviationsOf(segment));
    return { entities: inDocumentOrder(entities), abbreviations };
  }
  const tagger = await context.load('token-classification');
  throwIfCancelled(context.signal);
  const onProgress = ({ done }: { done: number }) => progress.tagged(done);
  const options = { types, consistency: consistency(), onProgress };
  const tagged = await tagSegments(context, tagger, { text, segments, options, link });
  const linked = await linkMentions(
    context,
    { parsed, records, segments, ...tagged },
    { link, terms, types },
  );
  return { ...linked, abbreviations: tagged.abbreviations };
}

function inDocumentOrder(entities: readonly Entity[]): readonly Entity[] {
  return [...entities].sort(bySpan);
}

/** Counts every character once for the tagger, if it runs, and once for the relations. */
class TwoStepProgress {
  private readonly length: number;
  private readonly taggedLength: number;

  constructor(
    segments: readonly Segment[],
    isTagged: boolean,
    private readonly onProgress: CallOptions<'relations'>['onProgress'],
  ) {
    this.length = segments.reduce((sum, { text }) => sum + text.length, 0);
    this.taggedLength = isTagged ? this.length : 0;
  }

  tagged(done: number): void {
    this.report(done, []);
  }

  related({ done, relations }: RelateProgress): void {
    this.report(this.taggedLength + done, relations);
  }

  private report(done: number, relations: RelateProgress['relations']): void {
    this.onProgress?.({ done, total: this.taggedLength + this.length, relations });
  }
}
