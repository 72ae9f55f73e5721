/**
 * The relation pipeline. Its stages are: assigning mentions to sentences → blocks → pairs, affirmed and denied → cache
 * lookup → tokens with markers → rows → logits → relations → evidence. It works on groups of blocks, so that results
 * arrive early and memory use stays constant.
 */
import type { TextCache } from '../text/textCache';
import { throwIfCancelled } from '../errors';
import type { SentenceSplitter } from '../text/passages';
import type { Tokenizer } from '../tokens/encode';
import type { Abbreviation, Entity, Relation, RelationType, Segment } from '../types';
import { type Block, blocksOf } from './block';
import { type BlockMention, type Candidate, candidatesOf, type MentionPair } from './candidates';
import { mentionConcepts } from './conceptKeys';
import { isLacking } from './lacking';
import { levelLists, listsOf, type NamedSentence } from './lists';
import { isPairwise, logitCount, relatedTypes, type RelationConfig } from './config';
import {
  decodeCandidate,
  type DecodedRelation,
  mergeRelations,
  type PairFilter,
  type PairLogits,
} from './decode';
import { createEvidence, type Evidence, toRelation } from './evidence';
import { nearestPairs } from './pairRows';
import { dividedByPolarity, type Polarity } from './polarity';
import { type RelationModel, scorePairs } from './score';
import { scoreJobs } from './scoreJobs';
import { isUnstated } from './unstated';

export interface RelaterParts {
  readonly model: RelationModel;
  readonly tokenizer: Tokenizer;
  readonly config: RelationConfig;
  /** The cache, shared by all calls for one model. Default: no cache. */
  readonly cache?: TextCache<DecodedRelation> | undefined;
  /** Maximum number of tokens in one run, including padding; a single row that is longer runs alone. Default: 1024. */
  readonly maxTokensPerBatch?: number | undefined;
  /** Splits a text whose sentences are already known, for example that of a corpus. Default: `splitSentences`. */
  readonly splitSentences?: SentenceSplitter | undefined;
}

export interface RelateRequest {
  /** In document order. */
  readonly segments: readonly Segment[];
  /** In document order. */
  readonly entities: readonly Entity[];
  /** Abbreviations of the document: a short form refers to the same concept as its long form. */
  readonly abbreviations?: readonly Abbreviation[];
  /** Offsets that no relation crosses, ascending: where the publications of a file begin. */
  readonly borders?: readonly number[];
}

export interface RelateOptions {
  readonly signal?: AbortSignal | undefined;
  /** Relation types to return. Default: all types. */
  readonly types?: readonly RelationType[] | undefined;
  /** Minimum probability of a relation. Default: the threshold of each head. */
  readonly minProbability?: number | undefined;
  readonly onProgress?: ((progress: RelateProgress) => void) | undefined;
  /** Awaited between groups, so that the caller can let other work run. */
  readonly pause?: (() => Promise<void>) | undefined;
  /**
   * Returns the concepts of a mention, if they are known. Default: those that the mention is linked to; mentions with
   * the same name are one concept.
   */
  readonly conceptsOf?: ((entity: Entity) => readonly string[]) | undefined;
}

export interface RelateProgress {
  /** Number of characters of prose read so far; `total` is the number in all segments. */
  readonly done: number;
  readonly total: number;
  /** Relations found since the last report. */
  readonly relations: readonly Relation[];
}

export interface RelateResult {
  /** Relations in document order of their evidence. */
  readonly relations: readonly Relation[];
  /** Number of pairs of mentions that were scored or came from the cache. */
  readonly pairs: number;
  /** Number of pairs that were skipped, if the model needs one row per pair, see {@link nearestPairs}. */
  readonly skippedPairs: number;
}

export interface Relater {
  /** @throws {CancelledError} after `signal` was aborted; checked between runs. */
  relate(request: RelateRequest, options?: RelateOptions): Promise<RelateResult>;
}

/**
 * Creates a relation extractor for one model.
 *
 * @example
 * ```ts
 * const relater = createRelater({ model, tokenizer, config });
 * const { relations } = await relater.relate({ segments, entities });
 * ```
 */
export function createRelater(parts: RelaterParts): Relater {
  return { relate: (request, options = {}) => relate(parts, request, options) };
}

/** Relations below this probability are not cached: no sensible threshold would show them. */
const minCachedProbability = 0.01;

/** Number of sentences in a group. The first group is small, so that the first relations arrive early. */
const firstGroupSentences = 16;
const groupSentences = 128;

/** Number of sentences in a group if each pair has its own row: a few sentences are then as much work. */
const pairwiseGroupSentences = 8;

async function relate(
  parts: RelaterParts,
  request: RelateRequest,
  { signal, onProgress, pause, conceptsOf, ...options }: RelateOptions,
): Promise<RelateResult> {
  throwIfCancelled(signal);
  const keysOf = conceptsOf ?? mentionConcepts(request.entities, request.abbreviations ?? []);
  const types = relatedTypes(parts.config);
  const related = request.entities.filter(({ type }) => types.has(type));
  const blocks = blocksOf(request.segments, related, {
    split: parts.splitSentences,
    borders: request.borders,
  });
  const total = request.segments.reduce((sum, { text }) => sum + text.length, 0);
  const relations: Relation[] = [];
  let [pairs, skippedPairs, done] = [0, 0, 0];
  for (const group of groupBlocks(
    blocks,
    isPairwise(parts.config) ? pairwiseGroupSentences : groupSentences,
  )) {
    const prepared = group.map((block) => prepare(block, parts.config, keysOf));
    const decoded = await decodeBlocks(prepared, parts, signal);
    const groupRelations = prepared.flatMap((each, i) =>
      relationsOf(decoded[i] ?? [], each, parts.config, options),
    );
    for (const each of groupRelations) relations.push(each);
    pairs += prepared.reduce((sum, each) => sum + each.pairs.length, 0);
    skippedPairs += prepared.reduce((sum, each) => sum + each.skippedPairs, 0);
    done += group.reduce((sum, { characters }) => sum + characters, 0);
    onProgress?.({ done: Math.min(done, total), total, relations: groupRelations });
    await pause?.();
    throwIfCancelled(signal);
  }
  return { relations, pairs, skippedPairs };
}

function* groupBlocks(blocks: Iterable<Block>, maxSentences: number): Generator<Block[]> {
  let group: Block[] = [];
  let sentences = 0;
  let minSentences = Math.min(maxSentences, firstGroupSentences);
  for (const block of blocks) {
    group.push(block);
    sentences += block.sentences.length;
    if (sentences < minSentences) continue;
    yield group;
    [group, sentences, minSentences] = [[], 0, maxSentences];
  }
  if (group.length > 0) yield group;
}

interface PreparedBlock extends Block {
  readonly entities: readonly Entity[];
  /** For each of {@link entities}, the index of its sentence. */
  readonly places: readonly number[];
  readonly candidates: readonly Candidate[];
  readonly polarity: Polarity;
  readonly evidenceOf: (first: number, last: number) => Evidence;
  /** The distinct pairs of all candidates that the model reads, and the number of pairs that it does not read. */
  readonly pairs: readonly MentionPair[];
  readonly skippedPairs: number;
  /** Cache key: the text of the block and the layout of its mentions. */
  readonly key: string;
}

function prepare(
  block: Block,
  config: RelationConfig,
  conceptsOf: (entity: Entity) => readonly string[],
): PreparedBlock {
  const mentions: BlockMention[] = [];
  const entities: Entity[] = [];
  for (const [sentence, own] of block.sentences.entries()) {
    for (const { entity, end } of own.mentions) {
      const { type } = entity;
      const isLackingGene = type === 'Gene' && isLacking(own.segment.text, end);
      mentions.push({ type, sentence, concepts: conceptsOf(entity), isLacking: isLackingGene });
      entities.push(entity);
    }
  }
  const evidenceOf = createEvidence(block.sentences);
  const polarity = dividedByPolarity(candidatesOf(mentions, config.heads), block.sentences, evidenceOf);
  const { candidates } = polarity;
  const pairs = new Map(candidates.flatMap((each) => each.pairs.map((pair) => [pair.join(' '), pair])));
  const places = mentions.map(({ sentence }) => sentence);
  const selectedPairs = isPairwise(config)
    ? nearestPairs([...pairs.values()], block.sentences)
    : [...pairs.values()];
  const skippedPairs = pairs.size - selectedPairs.length;
  return {
    ...block,
    entities,
    places,
    candidates,
    polarity,
    evidenceOf,
    pairs: selectedPairs,
    skippedPairs,
    key: keyOf(block, mentions),
  };
}

function keyOf({ sentences }: Block, mentions: readonly BlockMention[]): string {
  const texts = sentences.map(({ segment, span, mentions: own }) => {
    const layout = own.map(
      ({ start, end, entity }) => `${start - span.start}-${end - span.start}${entity.type}`,
    );
    return `${segment.text.slice(span.start, span.end)}\n${layout.join(' ')}`;
  });
  return `${texts.join('\n')}\n${mentions.map(({ concepts }) => concepts.join('|')).join('\t')}`;
}

/** The relations of each block. They come from the cache, or the model is run and the result is cached. */
async function decodeBlocks(
  blocks: readonly PreparedBlock[],
  parts: RelaterParts,
  signal: AbortSignal | undefined,
): Promise<(readonly DecodedRelation[])[]> {
  const { model, tokenizer, config, cache, maxTokensPerBatch = 1024 } = parts;
  const cached = blocks.map(({ key, pairs }) => (pairs.length === 0 ? [] : cache?.get(key)));
  const missing = blocks.filter((_, i) => cached[i] === undefined);
  const jobs = missing.map((block) => scoreJobs(block, parts.tokenizer, config));
  const logits = await scorePairs(jobs.flat(), {
    model,
    vocabulary: tokenizer.vocabulary,
    labels: logitCount(config.heads),
    maxTokensPerBatch,
    signal,
  });
  let next = 0;
  const inferred = new Map(
    missing.map((block, i) => {
      const own = logits.slice(next, (next += jobs[i]?.length ?? 0));
      const logitsOf: PairLogits = (pair) =>
        own.map((each) => each(pair)).find((found) => found !== undefined);
      return [block, decodeBlock(block, parts, logitsOf)];
    }),
  );
  for (const [block, found] of inferred) cache?.set(block.key, found);
  return blocks.map((block, i) => cached[i] ?? inferred.get(block) ?? []);
}

function decodeBlock(
  block: PreparedBlock,
  { config }: RelaterParts,
  logits: PairLogits = () => undefined,
): DecodedRelation[] {
  const { candidates, places } = block;
  const named = namedSentences(block);
  const isRuledOut = unstatedIn(named, places);
  const distanceOf = ([subject, object]: MentionPair) =>
    Math.abs((places[subject] ?? 0) - (places[object] ?? 0));
  const relations = candidates.flatMap(
    (candidate) => decodeCandidate(candidate, config.heads, logits, distanceOf, isRuledOut) ?? [],
  );
  const found = relations.filter(({ probability }) => probability >= minCachedProbability);
  return levelLists(found, listsOf(named), config.heads);
}

function namedSentences({ sentences }: Block): NamedSentence[] {
  return sentences.map(({ segment, span, mentions }) => ({
    text: segment.text.slice(span.start, span.end),
    names: mentions.map(({ start, end, entity }) => ({
      type: entity.type,
      start: start - span.start,
      end: end - span.start,
    })),
  }));
}

/** The pairs that the words of their sentence rule out; nothing is said of pairs across sentences. */
function unstatedIn(named: readonly NamedSentence[], places: readonly number[]): PairFilter {
  const names = named.flatMap((sentence) => sentence.names);
  return ([s, o], type) => {
    const [subject, object, sentence] = [names[s], names[o], named[places[s] ?? -1]];
    if (!subject || !object || !sentence || places[s] !== places[o]) return false;
    return isUnstated(type, { ...sentence, subject, object });
  };
}

/** The relations of a block that are returned, in order of their evidence. */
function relationsOf(
  decoded: readonly DecodedRelation[],
  block: PreparedBlock,
  { heads }: RelationConfig,
  { types, minProbability }: Pick<RelateOptions, 'types' | 'minProbability'>,
): Relation[] {
  const probable = decoded.filter(
    (each) =>
      each.probability >= (minProbability ?? thresholdsOf(each, block, heads).shown) &&
      (types?.includes(each.type) ?? true),
  );
  const relations = mergeRelations(probable, heads, (mention) => block.places[mention] ?? 0).flatMap(
    (each): Relation[] => {
      const [subject, object] = [block.entities[each.subject], block.entities[each.object]];
      if (!subject || !object) return [];
      const ends = [block.places[each.subject] ?? 0, block.places[each.object] ?? 0];
      const evidence = block.evidenceOf(Math.min(...ends), Math.max(...ends));
      const { type, probability, subjectConcept, objectConcept } = each;
      const concepts = [subjectConcept, objectConcept] as const;
      const isTentative = probability < thresholdsOf(each, block, heads).listed;
      const found = { type, subject, object, concepts, probability, ...(isTentative && { isTentative }) };
      return [toRelation(found, evidence)];
    },
  );
  return relations.sort((a, b) => a.evidence.start - b.evidence.start || a.subject.start - b.subject.start);
}

/** The thresholds of a relation: to be returned, and to be listed by default. */
function thresholdsOf(
  { head, subject, object }: DecodedRelation,
  { places }: PreparedBlock,
  heads: RelationConfig['heads'],
): { readonly shown: number; readonly listed: number } {
  const { threshold = 0, thresholdAcross = threshold } = heads[head] ?? {};
  const { thresholdListed = 0, thresholdListedAcross = thresholdListed } = heads[head] ?? {};
  return places[subject] === places[object]
    ? { shown: threshold, listed: thresholdListed }
    : { shown: thresholdAcross, listed: thresholdListedAcross };
}
