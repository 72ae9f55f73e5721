/** Chooses the sentences that are read for a yes-no question. */
import { splitSentences } from '../text/sentences';
import type { Span } from '../types';
import { relevanceOf } from './relevance';

/** A sentence to read, with the sentence before it in the same passage. */
export interface ClaimSentence {
  readonly passage: number;
  readonly sentence: Span;
  readonly text: string;
  /** What a pronoun in the sentence may refer to. Empty for the first sentence of a passage. */
  readonly context: string;
  /** Probability that the passage is about the subject of the question. */
  readonly relevance: number;
}

/**
 * Maximum number of sentences that are read for one question. They take about as long as the 24 passages of a factoid
 * question.
 */
const maxSentences = 120;

/** Passages below this relevance share only common words with the question. */
const minRelevance = 0.05;

/**
 * The sentences of the passages that are about the subject of the question, in the order of the passages. If there are
 * too many, those that share the most words with the question are chosen. Sentences that ask are left out, and one that
 * several passages of one paper contain is read once.
 *
 * @param texts The passages, best first.
 * @param questionOf Returns the question as it is put to a passage.
 * @param paperOf Returns the key of the paper that a passage is from.
 */
export function claimSentences(
  texts: readonly string[],
  questionOf: (passage: number) => string,
  paperOf: (passage: number) => string,
): ClaimSentence[] {
  const known = new Set<string>();
  const relevance = relevanceOf(questionOf, texts);
  const sentences = texts.flatMap((passageText, passage) => {
    const passageRelevance = relevance[passage] ?? 0;
    if (passageRelevance < minRelevance) return [];
    const spans = splitSentences(passageText);
    return spans.flatMap((sentence, i) => {
      const text = passageText.slice(sentence.start, sentence.end);
      // A sentence that asks states nothing.
      if (text.trimEnd().endsWith('?')) return [];
      const key = `${paperOf(passage)}\n${text.replace(/\s+/gu, ' ')}`;
      if (known.has(key)) return [];
      known.add(key);
      const before = spans[i - 1];
      const context = before ? passageText.slice(before.start, before.end) : '';
      return [{ passage, sentence, text, context, relevance: passageRelevance }];
    });
  });
  if (sentences.length <= maxSentences) return sentences;
  const closeness = relevanceOf(
    (i) => questionOf(sentences[i]?.passage ?? 0),
    sentences.map(({ text, context }) => `${context} ${text}`),
  );
  const closest = [...sentences.keys()].sort((a, b) => (closeness[b] ?? 0) - (closeness[a] ?? 0));
  const chosen = new Set(closest.slice(0, maxSentences));
  return sentences.filter((_, i) => chosen.has(i));
}
