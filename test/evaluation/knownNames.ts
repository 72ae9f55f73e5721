/** Writes the candidates of the stage in which a terminology helps the tagger, to fit its weights. */
import { type NameCandidate, type SentenceWords } from '../../src/core/entities/knownNameStage';
import { createTagger } from '../../src/core/entities/pipeline';
import { findKnownNames } from '../../src/core/linking/knownNames';
import type { Terminology } from '../../src/core/linking/terminology';
import { splitSentences } from '../../src/core/text/sentences';
import type { EntityType, Span } from '../../src/core/types';
import type { LoadedTagger } from '../../src/runtime/engine/requestContext';
import type { GoldMention, LinkedDocument } from './linking';
import { withoutPeople } from './people';

/** A candidate, and whether annotators marked it. */
export interface CandidateRow {
  readonly type: EntityType;
  readonly features: readonly number[];
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
  const annotated = new Set(documents.flatMap(({ mentions }) => mentions.map(({ type }) => type)));
  const weights = Object.fromEntries(types.filter((type) => annotated.has(type)).map((type) => [type, []]));
  for (const { text, segments, mentions } of documents) {
    const scored = new Set(withoutPeople(mentions, text));
    for (const { text: prose, base } of segments) {
      for (const sentence of splitSentences(prose)) {
        const start = base + sentence.start;
        const observe = (candidates: readonly NameCandidate[], words: SentenceWords) => {
          for (const candidate of candidates) {
            const row = labelled(candidate, words, start, mentions, scored);
            if (row) rows.push(row);
          }
        };
        const knownNames = {
          knownNames: (each: string) => findKnownNames(each, terminology),
          weights,
          observe,
        };
        const tagger = createTagger({ ...model, model, knownNames, splitSentences: wholeText });
        await tagger.tag(text, [segmentAt(text, start, base + sentence.end)]);
      }
    }
  }
  return rows;
}

function wholeText(text: string): Span[] {
  return [{ start: 0, end: text.length }];
}

function segmentAt(text: string, start: number, end: number) {
  const length = end - start;
  return {
    text: text.slice(start, end),
    base: start,
    runs: [{ start: 0, length, documentStart: 0, documentLength: length }],
  };
}

/** @returns undefined for a word for people, whose status the guideline leaves open. */
function labelled(
  { type, start, end, features }: NameCandidate,
  { wordStarts, wordEnds }: SentenceWords,
  base: number,
  mentions: readonly GoldMention[],
  scored: ReadonlySet<GoldMention>,
): CandidateRow | undefined {
  const place = { start: base + (wordStarts[start] ?? 0), end: base + (wordEnds[end - 1] ?? 0) };
  const gold = mentions.find(
    (each) => each.type === type && each.start === place.start && each.end === place.end,
  );
  if (gold && !scored.has(gold)) return undefined;
  return { type, features: features.map((feature) => Math.round(feature * 1e4) / 1e4), label: gold ? 1 : 0 };
}
