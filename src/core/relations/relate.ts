/**
 * The stages in order: mentions on sentences → blocks → (remembered?) → marked pieces → rows → pairs → logits →
 * relations → cues. Works in groups of blocks, so that results stream in and memory stays flat.
 */
import type { TextCache } from '../entities/spanCache';
import { throwIfCancelled } from '../errors';
import { canonicalKeys } from '../text/mentions';
import type { SentenceSplitter } from '../text/passages';
import type { Tokenizer } from '../tokens/encode';
import type { Abbreviation, Entity, Relation, RelationType, Segment } from '../types';
import { type Block, blocksOf } from './block';
import { type BlockMention, type Candidate, candidatesOf, type MentionPair } from './candidates';
import { isPairwise, logitCount, relatedTypes, type RelationConfig } from './config';
import { decodeCandidate, type FoundRelation, mergeFound, type PairLogits } from './decode';
import { createEvidence, toRelation } from './evidence';
import { nearestPairs, pairRows } from './pairRows';
import { type RelationRow, rowsOf, specialTokens } from './rows';
import { type RelationModel, type ScoreJob, scorePairs } from './score';
import { type MarkedSentence, markSentences, planWindows } from './window';

export interface RelaterParts {
  readonly model: RelationModel;
  readonly tokenizer: Tokenizer;
  readonly config: RelationConfig;
  /** Shared by all calls for one model. Absent: nothing is kept. */
  readonly cache?: TextCache<FoundRelation> | undefined;
  /** Padded tokens in one run, at most; a longer single row runs alone. Default 1024. */
  readonly maxTokensPerBatch?: number | undefined;
  /** For text whose sentences are known, as that of corpora. Absent: our own rules. */
  readonly splitSentences?: SentenceSplitter | undefined;
}

export interface RelateRequest {
  /** In document order. */
  readonly segments: readonly Segment[];
  /** In document order. */
  readonly entities: readonly Entity[];
  /** A short form names what its long form names. */
  readonly abbreviations?: readonly Abbreviation[];
  /** Offsets that no relation crosses, ascending: where publications of a file begin. */
  readonly borders?: readonly number[];
}

export interface RelateOptions {
  readonly signal?: AbortSignal | undefined;
  /** Only these are returned. Absent: all. */
  readonly types?: readonly RelationType[] | undefined;
  /** Absent: the threshold of each head. */
  readonly minProbability?: number | undefined;
  readonly onProgress?: ((progress: RelateProgress) => void) | undefined;
  /** Awaited between groups, so that a caller can let other work in. */
  readonly pause?: (() => Promise<void>) | undefined;
  /** What a mention names, for mentions whose concepts are known. Absent: by its name. */
  readonly conceptsOf?: ((entity: Entity) => readonly string[]) | undefined;
}

export interface RelateProgress {
  /** Characters of prose read so far, and in all. */
  readonly done: number;
  readonly total: number;
  /** Found since the last report. */
  readonly relations: readonly Relation[];
}

export interface Related {
  /** In document order of the evidence. */
  readonly relations: readonly Relation[];
  /** Pairs of mentions that were scored or remembered. */
  readonly pairs: number;
  /** Pairs that a model which reads each by itself was not asked about, see {@link nearestPairs}. */
  readonly unasked: number;
}

export interface Relater {
  /** @throws {CancelledError} after `signal` aborts; checked between runs. */
  relate(request: RelateRequest, options?: RelateOptions): Promise<Related>;
}

export function createRelater(parts: RelaterParts): Relater {
  return { relate: (request, options = {}) => relate(parts, request, options) };
}

/** Relations less probable than any threshold that makes sense are not remembered. */
const rememberedProbability = 0.01;

/** Sentences worked on at once: the first group is small, so that the first relations come soon. */
const firstGroupSentences = 16;
const groupSentences = 128;

/** Where each pair is read by itself, a few sentences are as much work. */
const pairwiseGroupSentences = 8;

async function relate(
  parts: RelaterParts,
  request: RelateRequest,
  { signal, onProgress, pause, ...options }: RelateOptions,
): Promise<Related> {
  throwIfCancelled(signal);
  const types = relatedTypes(parts.config);
  const related = request.entities.filter(({ type }) => types.has(type));
  const blocks = blocksOf(request.segments, related, {
    split: parts.splitSentences,
    borders: request.borders,
  });
  const total = request.segments.reduce((sum, { text }) => sum + text.length, 0);
  const relations: Relation[] = [];
  let [pairs, unasked, done] = [0, 0, 0];
  for (const group of grouped(blocks, isPairwise(parts.config) ? pairwiseGroupSentences : groupSentences)) {
    const prepared = group.map((block) => prepare(block, parts, request, options.conceptsOf));
    const found = await findIn(prepared, parts, signal);
    const own = prepared.flatMap((each, i) => shown(found[i] ?? [], each, parts.config, options));
    for (const each of own) relations.push(each);
    pairs += prepared.reduce((sum, each) => sum + each.pairs.length, 0);
    unasked += prepared.reduce((sum, each) => sum + each.unasked, 0);
    done += group.reduce((sum, { characters }) => sum + characters, 0);
    onProgress?.({ done: Math.min(done, total), total, relations: own });
    await pause?.();
    throwIfCancelled(signal);
  }
  return { relations, pairs, unasked };
}

function* grouped(blocks: Iterable<Block>, most: number): Generator<Block[]> {
  let group: Block[] = [];
  let sentences = 0;
  let wanted = Math.min(most, firstGroupSentences);
  for (const block of blocks) {
    group.push(block);
    sentences += block.sentences.length;
    if (sentences < wanted) continue;
    yield group;
    [group, sentences, wanted] = [[], 0, most];
  }
  if (group.length > 0) yield group;
}

interface Prepared extends Block {
  readonly entities: readonly Entity[];
  /** Index of the sentence of each of {@link entities}. */
  readonly places: readonly number[];
  readonly candidates: readonly Candidate[];
  /** Those of all candidates, each once, that the model is asked about; and how many it is not. */
  readonly pairs: readonly MentionPair[];
  readonly unasked: number;
  /** Its text, and where which mentions stand. */
  readonly key: string;
}

function prepare(
  block: Block,
  { config }: RelaterParts,
  { abbreviations = [] }: RelateRequest,
  conceptsOf: RelateOptions['conceptsOf'],
): Prepared {
  const canonical = canonicalKeys(abbreviations);
  const mentions: BlockMention[] = [];
  const entities: Entity[] = [];
  for (const [sentence, own] of block.sentences.entries()) {
    for (const { entity } of own.mentions) {
      const concepts = conceptsOf?.(entity) ?? [canonical(entity.name)];
      mentions.push({ type: entity.type, sentence, concepts });
      entities.push(entity);
    }
  }
  const candidates = candidatesOf(mentions, config.heads);
  const pairs = new Map(candidates.flatMap((each) => each.pairs.map((pair) => [pair.join(' '), pair])));
  const places = mentions.map(({ sentence }) => sentence);
  const asked = isPairwise(config) ? nearestPairs([...pairs.values()], block.sentences) : [...pairs.values()];
  const unasked = pairs.size - asked.length;
  return { ...block, entities, places, candidates, pairs: asked, unasked, key: keyOf(block, mentions) };
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

/** What each block holds: remembered, or inferred and remembered. */
async function findIn(
  blocks: readonly Prepared[],
  parts: RelaterParts,
  signal: AbortSignal | undefined,
): Promise<(readonly FoundRelation[])[]> {
  const { model, tokenizer, config, cache, maxTokensPerBatch = 1024 } = parts;
  const known = blocks.map(({ key, pairs }) => (pairs.length === 0 ? [] : cache?.get(key)));
  const missing = blocks.filter((_, i) => known[i] === undefined);
  const logits = await scorePairs(
    missing.map((block): ScoreJob => ({ rows: rowsOfBlock(block, parts), pairs: block.pairs })),
    {
      model,
      vocabulary: tokenizer.vocabulary,
      labels: logitCount(config.heads),
      maxTokensPerBatch,
      signal,
    },
  );
  const inferred = new Map(missing.map((block, i) => [block, decodeBlock(block, parts, logits[i])]));
  for (const [block, found] of inferred) cache?.set(block.key, found);
  return blocks.map((block, i) => known[i] ?? inferred.get(block) ?? []);
}

function rowsOfBlock({ sentences, pairs }: Prepared, { tokenizer, config }: RelaterParts): RelationRow[] {
  if (isPairwise(config)) return pairRows(sentences, pairs, tokenizer, config);
  const marked: MarkedSentence[] = markSentences(sentences, tokenizer, config);
  const windows = planWindows(marked, config.maxTokens - specialTokens);
  return windows.flatMap((window) => rowsOf(window, tokenizer.vocabulary, config));
}

function decodeBlock(
  { candidates, places }: Prepared,
  { config }: RelaterParts,
  logits: PairLogits = () => undefined,
): FoundRelation[] {
  const distanceOf = ([subject, object]: MentionPair) =>
    Math.abs((places[subject] ?? 0) - (places[object] ?? 0));
  const found = candidates.flatMap(
    (candidate) => decodeCandidate(candidate, config.heads, logits, distanceOf) ?? [],
  );
  return found.filter(({ probability }) => probability >= rememberedProbability);
}

/** What is told of a block, in order of the evidence. */
function shown(
  found: readonly FoundRelation[],
  block: Prepared,
  { heads }: RelationConfig,
  { types, minProbability }: Pick<RelateOptions, 'types' | 'minProbability'>,
): Relation[] {
  const probable = found.filter(
    ({ type, head, probability }) =>
      probability >= (minProbability ?? heads[head]?.threshold ?? 0) && (types?.includes(type) ?? true),
  );
  const evidenceOf = createEvidence(block.sentences);
  const told = mergeFound(probable, heads).flatMap((each): Relation[] => {
    const [subject, object] = [block.entities[each.subject], block.entities[each.object]];
    if (!subject || !object) return [];
    const ends = [block.places[each.subject] ?? 0, block.places[each.object] ?? 0];
    const evidence = evidenceOf(Math.min(...ends), Math.max(...ends));
    const { type, probability, subjectConcept, objectConcept } = each;
    const concepts = [subjectConcept, objectConcept] as const;
    return [toRelation({ type, subject, object, concepts, probability }, evidence)];
  });
  return told.sort((a, b) => a.evidence.start - b.evidence.start || a.subject.start - b.subject.start);
}
