/**
 * The tagging pipeline. Its stages are: segments → sentences → cache lookup → tokens → rows → batches → logits →
 * entities → weights of names that a terminology knows → whole names of proteins → removal of spans that cannot be names → bounds of whole names →
 * other names of the same concept beside them → document offsets. It works on groups of sentences, so that results arrive early and memory use stays constant. An
 * optional last stage sees the whole document and makes the tags of each name consistent.
 */
import { markAppositions } from './appositions';
import type { ConsistentSpan } from './consistency';
import { createKnownNameStage, type KnownNameParts, type KnownNameStage } from './knownNameStage';
import { DocumentFindings } from './documentFindings';
import { createDecoder, type Decoder } from './entities';
import type { DecodedSpan, SpanCache } from './spanCache';
import { defaultMinProbability } from './threshold';
import { typedName } from '../characters';
import { toDocument } from '../documents/place';
import { throwIfCancelled } from '../errors';
import { inferUnits } from '../tensors/infer';
import { planRows } from '../tensors/rows';
import { type AbbreviationSpans, findAbbreviations } from '../text/abbreviations';
import { boundNames } from './nameBounds';
import { removeNonNames } from './nonNames';
import { joinProteinParts } from './proteinParts';
import { type NamedTag, splitEnumerations } from './splitEnumerations';
import { type Passage, passageGroups, type SentenceSplitter } from '../text/passages';
import type { Encoding, Tokenizer } from '../tokens/encode';
import type { Abbreviation, Entity, EntityType, Model, Segment, Span, TaggerConfig } from '../types';

export interface TaggerParts {
  readonly model: Model;
  readonly tokenizer: Tokenizer;
  readonly config: TaggerConfig;
  /** The cache, shared by all calls for one model. Default: no cache. */
  readonly cache?: SpanCache | undefined;
  /**
   * Maximum number of tokens in one `Model.run`, including padding; a single row that is longer runs alone. Default:
   * 512.
   */
  readonly maxTokensPerBatch?: number | undefined;
  /** A terminology that helps the model, with the weights of its help. Default: the model decides alone. */
  readonly knownNames?: KnownNameParts | undefined;
  /** Splits a text whose sentences are already known, for example that of a corpus. Default: `splitSentences`. */
  readonly splitSentences?: SentenceSplitter | undefined;
}

export interface TaggerOptions {
  readonly signal?: AbortSignal | undefined;
  /** Entity types to return. Default: all types. */
  readonly types?: readonly EntityType[] | undefined;
  /** Minimum probability of an entity. Default: `defaultMinProbability`. */
  readonly minProbability?: number | undefined;
  /**
   * If given, the tags of a document are made consistent: one type per name, and all occurrences are tagged. Default:
   * each sentence is tagged independently, which is right for corpora of unrelated sentences.
   */
  readonly consistency?: ConsistencyOptions | undefined;
  /**
   * Whether a mention that enumerates names becomes one entity a name. Default: false, as corpora annotate them.
   */
  readonly splitEnumerations?: boolean | undefined;
  readonly onProgress?: ((progress: TaggerProgress) => void) | undefined;
  /** Awaited between groups, so that the caller can let other work run even if all results come from the cache. */
  readonly pause?: (() => Promise<void>) | undefined;
}

export interface ConsistencyOptions {
  /**
   * Offsets at which the publications of a file begin, ascending. Names in different publications are independent of
   * each other. Default: the document is one publication.
   */
  readonly records?: readonly number[] | undefined;
  /**
   * Other segments of the document, in document order. Cached results for them count as evidence too, so that a
   * paragraph that is tagged alone is consistent with the rest. The model is not run on them, and no entities are
   * returned for them. Default: none.
   */
  readonly context?: readonly Segment[] | undefined;
}

export interface TaggerProgress {
  /** Number of characters of prose tagged so far; `total` is the number in all segments. */
  readonly done: number;
  readonly total: number;
  /**
   * Entities found since the last report, in document order. With {@link TaggerOptions.consistency} they are
   * provisional: the final result may have other types, additional entities, or lack some of these.
   */
  readonly entities: readonly Entity[];
}

export interface TaggerResult {
  /** Entities in document order. */
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  readonly sentences: number;
  /** Number of sentences whose result came from the cache. */
  readonly cached: number;
  /** Number of tokens that were run, including special tokens but not padding. */
  readonly tokens: number;
}

export interface Tagger {
  /**
   * @param document The whole text; the offsets of the segments refer to it.
   * @param segments Segments in document order.
   * @throws {CancelledError} after `signal` was aborted; checked between batches.
   */
  tag(document: string, segments: readonly Segment[], options?: TaggerOptions): Promise<TaggerResult>;
}

/** Entities below this probability are not cached: no sensible threshold would show them. */
const minCachedProbability = 0.01;

/**
 * Between 256 and 4,096 the speed is the same on two AVX2 cores. A short run delays a hover by at most about 100 ms.
 */
const defaultMaxTokensPerBatch = 512;

/**
 * Creates a tagger for one model.
 *
 * @example
 * ```ts
 * const tagger = createTagger({ model, tokenizer, config });
 * const { segments } = parseDocument(text, 'markdown');
 * const { entities } = await tagger.tag(text, segments, { minProbability: 0.5 });
 * ```
 * @throws {BioBertError} MODEL_CONFIG_INVALID if the labels cannot be read.
 */
export function createTagger(parts: TaggerParts): Tagger {
  const { config, knownNames } = parts;
  const weigh = knownNames && createKnownNameStage(config, knownNames);
  const stages: Stages = { ...parts, decode: createDecoder(config), weigh };
  return { tag: (document, segments, options = {}) => tag(stages, document, segments, options) };
}

interface Stages extends TaggerParts {
  readonly decode: Decoder;
  readonly weigh: KnownNameStage | undefined;
}

/** A unit of inference, decoding and caching: one sentence, or consecutive sentences that share a row. */
interface Unit {
  readonly segment: Segment;
  /** Spans of the sentences in `segment.text`. */
  readonly sentences: readonly Span[];
  /** Cache key: the text and, if there are several sentences, the offsets at which they end. */
  readonly key: string;
}

async function tag(
  stages: Stages,
  document: string,
  segments: readonly Segment[],
  options: TaggerOptions,
): Promise<TaggerResult> {
  const { signal, consistency, onProgress, pause } = options;
  const entities: Entity[] = [];
  const abbreviations: Abbreviation[] = [];
  const findings = new DocumentFindings();
  const counts = { sentences: 0, cached: 0, tokens: 0 };
  const total = segments.reduce((sum, segment) => sum + segment.text.length, 0);
  let done = 0;
  throwIfCancelled(signal);
  for (const group of passageGroups(segments, stages.splitSentences)) {
    for (const { sentences } of group.passages) counts.sentences += sentences.length;
    const units = group.passages.flatMap((passage) => unitsOf(passage, stages));
    const spans = await spansOf(units, stages, counts, signal);
    const groupEntities = units.flatMap((unit) =>
      entitiesOf(document, unit, spans.get(unit.key) ?? [], options),
    );
    for (const entity of groupEntities) entities.push(entity);
    if (consistency)
      for (const unit of units) findings.add(unit.segment, unit.sentences, spans.get(unit.key) ?? []);
    for (const segment of group.segments)
      abbreviations.push(...abbreviationsOf(segment, findings.abbreviationsIn(segment)));
    done += group.characters;
    onProgress?.({ done, total, entities: groupEntities });
    await pause?.();
    throwIfCancelled(signal);
  }
  if (!consistency) return { entities, abbreviations, ...counts };
  await addCachedContext(findings, consistency.context ?? [], stages, options);
  const marks = await consistentMarks(findings, options);
  const consistentEntities = segments.flatMap((segment) =>
    namedTags(marks.get(segment) ?? [], segment.text, options).map((tag) => entityAt(document, segment, tag)),
  );
  return { entities: consistentEntities, abbreviations, ...counts };
}

/** Adds cached results for segments that are not tagged in this call. */
async function addCachedContext(
  findings: DocumentFindings,
  context: readonly Segment[],
  stages: Stages,
  { signal, pause }: TaggerOptions,
): Promise<void> {
  for (const { passages } of passageGroups(context, stages.splitSentences)) {
    for (const unit of passages.flatMap((passage) => unitsOf(passage, stages))) {
      const cachedSpans = stages.cache?.get(unit.key);
      if (cachedSpans !== undefined) findings.add(unit.segment, unit.sentences, cachedSpans);
    }
    await pause?.();
    throwIfCancelled(signal);
  }
}

/** Number of characters that the consistency stage processes between two pauses; this takes a few milliseconds. */
const charactersBetweenPauses = 50_000;

async function consistentMarks(
  findings: DocumentFindings,
  { consistency, minProbability = defaultMinProbability, signal, pause }: TaggerOptions,
): Promise<ReadonlyMap<Segment, readonly ConsistentSpan[]>> {
  const steps = findings.consistent(consistency?.records ?? [], minProbability);
  let characters = 0;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    characters += step.value;
    if (characters < charactersBetweenPauses) continue;
    characters = 0;
    await pause?.();
    throwIfCancelled(signal);
  }
}

/** The tags of the wanted types. Enumerations are split if that is wanted. */
function namedTags(
  spans: readonly ConsistentSpan[],
  text: string,
  options: TaggerOptions,
): readonly NamedTag[] {
  const tags: readonly NamedTag[] = options.splitEnumerations ? splitEnumerations(spans, text) : spans;
  return tags.filter(({ type }) => isWanted(type, options));
}

function isWanted(type: EntityType, { types }: TaggerOptions): boolean {
  return types?.includes(type) ?? true;
}

function unitsOf({ segment, sentences }: Passage, { config, tokenizer, weigh, knownNames }: Stages): Unit[] {
  const { text } = segment;
  // The results differ with and without a terminology.
  const kind = weigh === undefined && knownNames?.conceptsOf === undefined ? '' : '\0';
  if (config.packing === 'sentence') {
    return sentences.map((sentence) => ({
      segment,
      sentences: [sentence],
      key: kind + text.slice(sentence.start, sentence.end),
    }));
  }
  const counts = sentences.map(({ start, end }) => tokenizer.encode(text.slice(start, end)).ids.length);
  const members = planRows(counts, config.maxTokens).map(({ parts }) => parts.map((part) => part.sentence));
  // A long sentence is split into several rows, each of which names it again.
  const distinct = members.filter(([first], i) => first !== members[i - 1]?.[0]);
  return distinct.map((indices) => {
    const unitSentences = indices.flatMap((index) => sentences[index] ?? []);
    const start = unitSentences[0]?.start ?? 0;
    const ends = unitSentences.map(({ end }) => end - start);
    return {
      segment,
      sentences: unitSentences,
      key: `${kind}${text.slice(start, unitSentences.at(-1)?.end)}\n${ends.join(' ')}`,
    };
  });
}

/**
 * The decoded spans of each unit, by key, with offsets from the start of its first sentence. They come from the cache,
 * or the model is run and the result is cached.
 */
async function spansOf(
  units: readonly Unit[],
  stages: Stages,
  counts: { cached: number; tokens: number },
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly DecodedSpan[]>> {
  const { model, tokenizer, config, cache, maxTokensPerBatch = defaultMaxTokensPerBatch } = stages;
  const spans = new Map<string, readonly DecodedSpan[]>();
  const missing = new Map<string, { unit: Unit; encodings: Encoding[] }>();
  for (const unit of units) {
    const cachedSpans = spans.get(unit.key) ?? cache?.get(unit.key);
    if (cachedSpans !== undefined) spans.set(unit.key, cachedSpans);
    if (cachedSpans !== undefined || missing.has(unit.key)) counts.cached += unit.sentences.length;
    else missing.set(unit.key, { unit, encodings: encodeUnit(unit, tokenizer) });
  }
  const missingUnits = [...missing.values()];
  const { logits, tokens } = await inferUnits(
    missingUnits.map(({ encodings }) => encodings),
    { model, vocabulary: tokenizer.vocabulary, config, maxTokensPerBatch, signal },
  );
  counts.tokens += tokens;
  for (const [i, { unit, encodings }] of missingUnits.entries()) {
    const decoded = decodeUnit(unit, encodings, logits[i] ?? [], stages);
    const text = textOf(unit);
    const bounded = boundNames(removeNonNames(joinProteinParts(decoded, text), text), text);
    const { conceptsOf } = stages.knownNames ?? {};
    const unitSpans = conceptsOf ? markAppositions(bounded, text, conceptsOf) : bounded;
    spans.set(unit.key, unitSpans);
    cache?.set(unit.key, unitSpans);
  }
  return spans;
}

/** The text that the offsets of a unit's spans refer to. */
function textOf({ segment, sentences }: Unit): string {
  return segment.text.slice(sentences[0]?.start, sentences.at(-1)?.end);
}

function encodeUnit({ segment, sentences }: Unit, tokenizer: Tokenizer): Encoding[] {
  return sentences.map(({ start, end }) => tokenizer.encode(segment.text.slice(start, end)));
}

function decodeUnit(
  { segment, sentences }: Unit,
  encodings: readonly Encoding[],
  logits: readonly Float32Array[],
  { decode, weigh }: Pick<Stages, 'decode' | 'weigh'>,
): DecodedSpan[] {
  const unitStart = sentences[0]?.start ?? 0;
  return encodings.flatMap(({ wordStarts, wordEnds }, i) => {
    const offset = (sentences[i]?.start ?? 0) - unitStart;
    const sentenceLogits = logits[i] ?? new Float32Array();
    const decoded = decode(sentenceLogits, wordStarts.length);
    const text = segment.text.slice(sentences[i]?.start, sentences[i]?.end);
    const entities = weigh?.(decoded, { text, wordStarts, wordEnds, logits: sentenceLogits }) ?? decoded;
    return entities
      .filter(({ probability }) => probability >= minCachedProbability)
      .map(({ type, start, end, probability }) => ({
        start: offset + (wordStarts[start] ?? 0),
        end: offset + (wordEnds[end - 1] ?? 0),
        type,
        probability,
      }));
  });
}

/** The decoded spans of a unit that are probable enough, as entities of the document. */
function entitiesOf(
  document: string,
  unit: Unit,
  spans: readonly DecodedSpan[],
  options: TaggerOptions,
): Entity[] {
  const { minProbability = defaultMinProbability } = options;
  const offset = unit.sentences[0]?.start ?? 0;
  const probable = spans.filter(({ probability }) => probability >= minProbability);
  return namedTags(probable, textOf(unit), options).map((tag) =>
    entityAt(document, unit.segment, { ...tag, start: offset + tag.start, end: offset + tag.end }),
  );
}

/** @param span A span of `segment.text`. */
function entityAt(document: string, segment: Segment, span: NamedTag): Entity {
  const place = toDocument(segment, span.start, span.end);
  return {
    ...place,
    text: document.slice(place.start, place.end),
    name: span.name === undefined ? nameAt(segment, span) : typedName(span.name),
    type: span.type,
    probability: span.probability,
    ...(span.isInferred && { isInferred: true }),
  };
}

/**
 * The abbreviations that a segment introduces, with document offsets.
 * @param spans Abbreviations as spans of `segment.text`. Default: they are searched for.
 */
export function abbreviationsOf(
  segment: Segment,
  spans: readonly AbbreviationSpans[] = findAbbreviations(segment.text),
): Abbreviation[] {
  return spans.map(({ short, long }) => ({
    short: toDocument(segment, short.start, short.end),
    long: toDocument(segment, long.start, long.end),
    shortText: nameAt(segment, short),
    longText: withoutLoneBracket(nameAt(segment, long)),
  }));
}

/** The name without the bracket that closes a definition inside it: `NMDA receptors` for `NMDA) receptors`. */
function withoutLoneBracket(name: string): string {
  return name.replace(/^([^\s()[\]{}]+)[)\]]/u, '$1');
}

function nameAt(segment: Segment, { start, end }: Span): string {
  return typedName(segment.text.slice(start, end));
}
