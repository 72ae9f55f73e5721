/**
 * The stages in order: segments → sentences → (remembered?) → word pieces → rows → batches → logits → entities →
 * those that are names → document offsets. Works in groups of sentences, so that results stream in and memory stays flat.
 * A last stage, which can be left out, sees whole documents: it makes the decisions about each name agree.
 */
import type { ConsistentSpan } from './consistency';
import { DocumentFindings } from './documentFindings';
import { createDecoder, type Decoder } from './entities';
import type { DecodedSpan, SpanCache } from './spanCache';
import { defaultMinProbability } from './threshold';
import { toDocument } from '../documents/place';
import { throwIfCancelled } from '../errors';
import { inferUnits } from '../tensors/infer';
import { planRows } from '../tensors/rows';
import { type AbbreviationSpans, findAbbreviations } from '../text/abbreviations';
import { withoutNotNames } from '../text/notNames';
import { type Passage, passageGroups, type SentenceSplitter } from '../text/passages';
import type { Encoding, Tokenizer } from '../tokens/encode';
import type { Abbreviation, Entity, EntityType, Model, Segment, Span, TaggerConfig } from '../types';

export interface TaggerParts {
  readonly model: Model;
  readonly tokenizer: Tokenizer;
  readonly config: TaggerConfig;
  /** Shared by all calls for one model. Absent: nothing is kept. */
  readonly cache?: SpanCache | undefined;
  /** Padded tokens in one `Model.run`, at most; a longer single row runs alone. Default 512. */
  readonly maxTokensPerBatch?: number | undefined;
  /** For text whose sentences are known, as that of corpora. Absent: our own rules. */
  readonly splitSentences?: SentenceSplitter | undefined;
}

export interface TaggerOptions {
  readonly signal?: AbortSignal | undefined;
  /** Only these are returned. Absent: all. */
  readonly types?: readonly EntityType[] | undefined;
  /** Default `defaultMinProbability`. */
  readonly minProbability?: number | undefined;
  /**
   * Makes the decisions about a document agree: one name, one type, all repeats. Default: each sentence is decided on
   * its own, as corpora of unordered sentences need it.
   */
  readonly consistency?: ConsistencyOptions | undefined;
  readonly onProgress?: ((progress: TaggerProgress) => void) | undefined;
  /** Awaited between groups, so that a caller can let other work in even where all answers come from the cache. */
  readonly pause?: (() => Promise<void>) | undefined;
}

export interface ConsistencyOptions {
  /** Offsets in the document at which publications begin, ascending: names of different ones are unrelated. Default: one. */
  readonly records?: readonly number[] | undefined;
  /**
   * Other segments of the document, in document order. What the cache knows of them is evidence too, so that a paragraph
   * that is tagged alone agrees with the rest. Nothing is inferred or returned for them. Default: none.
   */
  readonly context?: readonly Segment[] | undefined;
}

export interface TaggerProgress {
  /** Characters of prose tagged so far, and in all. */
  readonly done: number;
  readonly total: number;
  /**
   * Found since the last report, in document order. With {@link TaggerOptions.consistency} they are provisional: the
   * result may have other types, further mentions, and not all of these.
   */
  readonly entities: readonly Entity[];
}

export interface Tagged {
  /** In document order. */
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  readonly sentences: number;
  /** Sentences answered from the cache. */
  readonly cached: number;
  /** Word pieces that were run, special tokens included, padding not. */
  readonly tokens: number;
}

export interface Tagger {
  /**
   * @param document The whole text, which the segments' offsets point into.
   * @param segments In document order.
   * @throws {CancelledError} after `signal` aborts; checked between batches.
   */
  tag(document: string, segments: readonly Segment[], options?: TaggerOptions): Promise<Tagged>;
}

/** Entities less probable than any threshold that makes sense are not remembered. */
const rememberedProbability = 0.01;

/** From 256 to 4,096 the speed is the same on two AVX2 cores; a short run keeps a hover waiting about 100 ms at most. */
const defaultMaxTokensPerBatch = 512;

/** @throws {BioBertError} MODEL_CONFIG_INVALID when the labels cannot be read. */
export function createTagger(parts: TaggerParts): Tagger {
  const stages: Stages = { ...parts, decode: createDecoder(parts.config) };
  return { tag: (document, segments, options = {}) => tag(stages, document, segments, options) };
}

interface Stages extends TaggerParts {
  readonly decode: Decoder;
}

/** What is inferred, decoded and remembered as one: a sentence, or neighbouring sentences that share a row. */
interface Unit {
  readonly segment: Segment;
  /** Spans of `segment.text`. */
  readonly sentences: readonly Span[];
  /** The text, and where its sentences end if there are several. */
  readonly key: string;
}

async function tag(
  stages: Stages,
  document: string,
  segments: readonly Segment[],
  options: TaggerOptions,
): Promise<Tagged> {
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
    const found = units.flatMap((unit) => entitiesOf(document, unit, spans.get(unit.key) ?? [], options));
    for (const entity of found) entities.push(entity);
    if (consistency)
      for (const unit of units) findings.add(unit.segment, unit.sentences, spans.get(unit.key) ?? []);
    for (const segment of group.segments)
      abbreviations.push(...abbreviationsOf(segment, findings.abbreviationsIn(segment)));
    done += group.characters;
    onProgress?.({ done, total, entities: found });
    await pause?.();
    throwIfCancelled(signal);
  }
  if (!consistency) return { entities, abbreviations, ...counts };
  await recall(findings, consistency.context ?? [], stages, options);
  const marks = await consistentMarks(findings, options);
  const agreed = segments.flatMap((segment) =>
    (marks.get(segment) ?? [])
      .filter(({ type }) => isWanted(type, options))
      .map((span) => entityAt(document, segment, span)),
  );
  return { entities: agreed, abbreviations, ...counts };
}

/** Adds what the cache knows of segments that are not tagged now. */
async function recall(
  findings: DocumentFindings,
  context: readonly Segment[],
  stages: Stages,
  { signal, pause }: TaggerOptions,
): Promise<void> {
  for (const { passages } of passageGroups(context, stages.splitSentences)) {
    for (const unit of passages.flatMap((passage) => unitsOf(passage, stages))) {
      const known = stages.cache?.get(unit.key);
      if (known !== undefined) findings.add(unit.segment, unit.sentences, known);
    }
    await pause?.();
    throwIfCancelled(signal);
  }
}

/** Characters that the last stage works on between two pauses: a few milliseconds. */
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

function isWanted(type: EntityType, { types }: TaggerOptions): boolean {
  return types?.includes(type) ?? true;
}

function unitsOf({ segment, sentences }: Passage, { config, tokenizer }: Stages): Unit[] {
  const { text } = segment;
  if (config.packing === 'sentence') {
    return sentences.map((sentence) => ({
      segment,
      sentences: [sentence],
      key: text.slice(sentence.start, sentence.end),
    }));
  }
  const counts = sentences.map(({ start, end }) => tokenizer.encode(text.slice(start, end)).ids.length);
  const members = planRows(counts, config.maxTokens).map(({ parts }) => parts.map((part) => part.sentence));
  // The windows of one long sentence name it again and again.
  const distinct = members.filter(([first], i) => first !== members[i - 1]?.[0]);
  return distinct.map((indices) => {
    const own = indices.flatMap((index) => sentences[index] ?? []);
    const start = own[0]?.start ?? 0;
    const ends = own.map(({ end }) => end - start);
    return { segment, sentences: own, key: `${text.slice(start, own.at(-1)?.end)}\n${ends.join(' ')}` };
  });
}

/** What each unit holds, by its key, in offsets from the unit's first sentence: remembered, or inferred and remembered. */
async function spansOf(
  units: readonly Unit[],
  { model, tokenizer, config, cache, decode, maxTokensPerBatch = defaultMaxTokensPerBatch }: Stages,
  counts: { cached: number; tokens: number },
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly DecodedSpan[]>> {
  const spans = new Map<string, readonly DecodedSpan[]>();
  const missing = new Map<string, { unit: Unit; encodings: Encoding[] }>();
  for (const unit of units) {
    const known = spans.get(unit.key) ?? cache?.get(unit.key);
    if (known !== undefined) spans.set(unit.key, known);
    if (known !== undefined || missing.has(unit.key)) counts.cached += unit.sentences.length;
    else missing.set(unit.key, { unit, encodings: encodeUnit(unit, tokenizer) });
  }
  const todo = [...missing.values()];
  const { logits, tokens } = await inferUnits(
    todo.map(({ encodings }) => encodings),
    { model, vocabulary: tokenizer.vocabulary, config, maxTokensPerBatch, signal },
  );
  counts.tokens += tokens;
  for (const [i, { unit, encodings }] of todo.entries()) {
    const decoded = decodeUnit(unit, encodings, logits[i] ?? [], decode);
    const found = withoutNotNames(decoded, textOf(unit));
    spans.set(unit.key, found);
    cache?.set(unit.key, found);
  }
  return spans;
}

/** Where the offsets of its spans count from. */
function textOf({ segment, sentences }: Unit): string {
  return segment.text.slice(sentences[0]?.start, sentences.at(-1)?.end);
}

function encodeUnit({ segment, sentences }: Unit, tokenizer: Tokenizer): Encoding[] {
  return sentences.map(({ start, end }) => tokenizer.encode(segment.text.slice(start, end)));
}

function decodeUnit(
  { sentences }: Unit,
  encodings: readonly Encoding[],
  logits: readonly Float32Array[],
  decode: Decoder,
): DecodedSpan[] {
  const unitStart = sentences[0]?.start ?? 0;
  return encodings.flatMap(({ wordStarts, wordEnds }, i) => {
    const offset = (sentences[i]?.start ?? 0) - unitStart;
    return decode(logits[i] ?? new Float32Array(), wordStarts.length)
      .filter(({ probability }) => probability >= rememberedProbability)
      .map(({ type, start, end, probability }) => ({
        start: offset + (wordStarts[start] ?? 0),
        end: offset + (wordEnds[end - 1] ?? 0),
        type,
        probability,
      }));
  });
}

/** What is probable enough of what the decoder found in a unit. */
function entitiesOf(
  document: string,
  { segment, sentences }: Unit,
  found: readonly DecodedSpan[],
  options: TaggerOptions,
): Entity[] {
  const { minProbability = defaultMinProbability } = options;
  const offset = sentences[0]?.start ?? 0;
  return found
    .filter(({ type, probability }) => probability >= minProbability && isWanted(type, options))
    .map((span) =>
      entityAt(document, segment, { ...span, start: offset + span.start, end: offset + span.end }),
    );
}

/** @param span Of `segment.text`. */
function entityAt(document: string, segment: Segment, span: ConsistentSpan): Entity {
  const place = toDocument(segment, span.start, span.end);
  return {
    ...place,
    text: document.slice(place.start, place.end),
    name: readable(segment, span),
    type: span.type,
    probability: span.probability,
    ...(span.isInferred && { isInferred: true }),
  };
}

/**
 * The abbreviations that a segment introduces, at their places in the document.
 * @param spans Of `segment.text`. Default: looked for.
 */
export function abbreviationsOf(
  segment: Segment,
  spans: readonly AbbreviationSpans[] = findAbbreviations(segment.text),
): Abbreviation[] {
  return spans.map(({ short, long }) => ({
    short: toDocument(segment, short.start, short.end),
    long: toDocument(segment, long.start, long.end),
    shortText: readable(segment, short),
    longText: readable(segment, long),
  }));
}

function readable(segment: Segment, { start, end }: Span): string {
  return segment.text.slice(start, end).replace(/\s+/gu, ' ');
}
