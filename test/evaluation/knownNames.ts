/** Writes the candidates of the stage in which a terminology helps the tagger, to fit its weights. */
import { featureNames, type NameCandidate, type SentenceWords } from '../../src/core/entities/knownNameStage';
import { createTagger } from '../../src/core/entities/pipeline';
import { findKnownNames } from '../../src/core/linking/knownNames';
import type { Terminology } from '../../src/core/linking/terminology';
import { splitSentences } from '../../src/core/text/sentences';
import type { EntityType, Segment, Span } from '../../src/core/types';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import type { GoldMention, LinkedDocument } from './linking';
import { withoutPeople } from './people';

/** A candidate, and whether annotators marked it. */
export interface CandidateRow {
  readonly type: EntityType;
  /** By name of the feature. */
  readonly features: Readonly<Record<string, number>>;
  readonly label: 0 | 1;
}

const types = ['Gene', 'Disease', 'Chemical', 'Species'];

/** The candidates of documents, for the types that the documents annotate. */
export async function candidateRows(
  documents: readonly LinkedDocument[],
  model: LoadedTagger,
  terminology: Terminology,
): Promise<CandidateRow[]> {
  const rows: CandidateRow[] = [];
  const observed = observedTagger(documents, model, terminology);
  for (const document of documents) {
    const { text, mentions } = document;
    const scored = new Set(withoutPeople(mentions, text));
    for (const { start, end } of sentencesOf(document)) {
      for (const [candidate, words] of await observed(text.slice(start, end))) {
        const row = labelled(candidate, words, start, mentions, scored);
        if (row) rows.push(row);
      }
    }
  }
  return rows;
}

/**
 * The candidates at names that were put in the place of a name of another type, one a sentence. In texts the context and
 * the name nearly always agree, so they cannot tell which of both to believe when they do not: "the effect of the drug
 * depended on KRAS". A name that the terminology knows well, and as one type only, decides.
 */
export async function swappedRows(
  documents: readonly LinkedDocument[],
  model: LoadedTagger,
  terminology: Terminology,
): Promise<CandidateRow[]> {
  const rows: CandidateRow[] = [];
  const observed = observedTagger(documents, model, terminology);
  const pool = clearNames(documents, terminology);
  let turn = 0;
  for (const document of documents) {
    for (const sentence of sentencesOf(document)) {
      turn += 1;
      const swap = swapOf(document, sentence, pool, turn);
      if (swap === undefined) continue;
      for (const [candidate, words] of await observed(swap.text)) {
        const { start, end } = placeOf(candidate, words);
        if (start !== swap.start || end !== swap.end) continue;
        rows.push(rowOf(candidate, candidate.type === swap.type));
      }
    }
  }
  return rows;
}

/** The sentences of a document, as spans of its text. */
function sentencesOf({ segments }: LinkedDocument): Span[] {
  return segments.flatMap(({ text, base }) =>
    splitSentences(text).map(({ start, end }) => ({ start: base + start, end: base + end })),
  );
}

/** A name that the terminology knows as one type. */
interface ClearName {
  readonly text: string;
  readonly type: EntityType;
}

/**
 * A sentence with a name of another type in the place of one of its mentions: the span and the type are those of the new
 * name. Undefined for a sentence without mentions.
 * @param turn Number of the sentence; it chooses the mention and the name.
 */
function swapOf(
  { text, mentions }: LinkedDocument,
  { start, end }: Span,
  pool: readonly ClearName[],
  turn: number,
): (Span & ClearName) | undefined {
  const inside = mentions.filter((mention) => mention.start >= start && mention.end <= end);
  const mention = inside[(turn - 1) % Math.max(1, inside.length)];
  if (mention === undefined) return undefined;
  const others = pool.filter(({ type }) => type !== mention.type);
  // A prime step visits the names of the pool in an order that no document has.
  const name = others[(turn * 7919) % Math.max(1, others.length)];
  if (name === undefined) return undefined;
  const at = mention.start - start;
  return {
    text: text.slice(start, mention.start) + name.text + text.slice(mention.end, end),
    start: at,
    end: at + name.text.length,
    type: name.type,
  };
}

/** Names of the documents that the terminology knows as a main name of one type, and of no other. */
function clearNames(documents: readonly LinkedDocument[], terminology: Terminology): ClearName[] {
  const names = new Map<string, EntityType>();
  for (const { text, mentions } of documents) {
    for (const { start, end, type } of mentions) {
      const name = text.slice(start, end);
      const whole = findKnownNames(name, terminology).find(
        (known) => known.start === 0 && known.end === name.length,
      );
      const [only, ...more] = whole?.types ?? [];
      const isMain = only?.rank === 'preferred' || only?.isLearnt === true;
      if (only?.type === type && more.length === 0 && isMain && name.length > 2) names.set(name, type);
    }
  }
  return Array.from(names, ([text, type]) => ({ text, type }));
}

/** Tags a sentence, and gives the candidates of the stage. */
function observedTagger(
  documents: readonly LinkedDocument[],
  model: LoadedTagger,
  terminology: Terminology,
): (sentence: string) => Promise<[NameCandidate, SentenceWords][]> {
  const annotated = new Set(documents.flatMap(({ mentions }) => mentions.map(({ type }) => type)));
  const weights = Object.fromEntries(types.filter((type) => annotated.has(type)).map((type) => [type, {}]));
  return async (sentence) => {
    const seen: [NameCandidate, SentenceWords][] = [];
    const observe = (candidates: readonly NameCandidate[], words: SentenceWords) => {
      for (const candidate of candidates) seen.push([candidate, words]);
    };
    const knownNames = { knownNames: (each: string) => findKnownNames(each, terminology), weights, observe };
    const tagger = createTagger({ ...model, model, knownNames, splitSentences: wholeText });
    await tagger.tag(sentence, [wholeSegment(sentence)]);
    return seen;
  };
}

function wholeText(text: string): Span[] {
  return [{ start: 0, end: text.length }];
}

function wholeSegment(text: string): Segment {
  const { length } = text;
  return { text, base: 0, runs: [{ start: 0, length, documentStart: 0, documentLength: length }] };
}

/** @returns undefined for a word for people, whose status the guideline leaves open. */
function labelled(
  candidate: NameCandidate,
  words: SentenceWords,
  base: number,
  mentions: readonly GoldMention[],
  scored: ReadonlySet<GoldMention>,
): CandidateRow | undefined {
  const { start, end } = placeOf(candidate, words);
  const gold = mentions.find(
    (each) => each.type === candidate.type && each.start === base + start && each.end === base + end,
  );
  return gold && !scored.has(gold) ? undefined : rowOf(candidate, gold !== undefined);
}

function placeOf({ start, end }: NameCandidate, { wordStarts, wordEnds }: SentenceWords): Span {
  return { start: wordStarts[start] ?? 0, end: wordEnds[end - 1] ?? 0 };
}

function rowOf({ type, features }: NameCandidate, isName: boolean): CandidateRow {
  const rounded = featureNames.map((name, i) => [name, Math.round((features[i] ?? 0) * 1e4) / 1e4]);
  return { type, features: Object.fromEntries(rounded) as Record<string, number>, label: isName ? 1 : 0 };
}
