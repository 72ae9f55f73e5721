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
  for (const { text, segments, mentions } of documents) {
    const scored = new Set(withoutPeople(mentions, text));
    for (const { text: prose, base } of segments) {
      for (const sentence of splitSentences(prose)) {
        const start = base + sentence.start;
        for (const [candidate, words] of await observed(text.slice(start, base + sentence.end))) {
          const row = labelled(candidate, words, start, mentions, scored);
          if (row) rows.push(row);
        }
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
  for (const { text, segments, mentions } of documents) {
    for (const { text: prose, base } of segments) {
      for (const sentence of splitSentences(prose)) {
        const [start, end] = [base + sentence.start, base + sentence.end];
        const inside = mentions.filter((mention) => mention.start >= start && mention.end <= end);
        const mention = inside[turn++ % Math.max(1, inside.length)];
        if (mention === undefined) continue;
        const others = pool.filter(({ type }) => type !== mention.type);
        // A prime step visits the names of the pool in an order that no document has.
        const name = others[(turn * 7919) % Math.max(1, others.length)];
        if (name === undefined) continue;
        const swapped = text.slice(start, mention.start) + name.text + text.slice(mention.end, end);
        const place = { start: mention.start - start, end: mention.start - start + name.text.length };
        for (const [candidate, words] of await observed(swapped)) {
          const at = placeOf(candidate, words);
          if (at.start !== place.start || at.end !== place.end) continue;
          rows.push(rowOf(candidate, candidate.type === name.type));
        }
      }
    }
  }
  return rows;
}

/** Names of the documents that the terminology knows as a main name of one type, and of no other. */
function clearNames(
  documents: readonly LinkedDocument[],
  terminology: Terminology,
): { text: string; type: EntityType }[] {
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
