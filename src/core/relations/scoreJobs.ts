import type { Tokenizer } from '../tokens/encode';
import { affirmedSentence } from './affirmed';
import type { MentionPair } from './candidates';
import { isPairwise, type RelationConfig } from './config';
import { pairRows } from './pairRows';
import { pairKey, type Polarity } from './polarity';
import { rowsOf, specialTokens } from './relationRows';
import type { ScoreJob } from './score';
import { type MarkedSentence, markSentences, type MentionSentence, planWindows } from './window';

/** A block with the pairs that are to be scored. */
export interface JobBlock {
  readonly sentences: readonly MentionSentence[];
  readonly pairs: readonly MentionPair[];
  /** For each mention, the index of its sentence. */
  readonly places: readonly number[];
  readonly polarity: Polarity;
}

/**
 * The rows and pairs of a block to score. The model reads what a sentence denies in the sentence without its cues. A
 * classifier of the user, which may have learned to find denied relations, reads the sentence as it is.
 */
export function scoreJobs(
  { sentences, pairs, places, polarity }: JobBlock,
  tokenizer: Tokenizer,
  config: RelationConfig,
): ScoreJob[] {
  if (isPairwise(config)) return [{ rows: pairRows(sentences, pairs, tokenizer, config), pairs }];
  const toRows = (marked: readonly MarkedSentence[]) =>
    planWindows(marked, config.maxTokens - specialTokens).flatMap((window) =>
      rowsOf(window, tokenizer.vocabulary, config),
    );
  const isDenied = (pair: MentionPair) => polarity.denied.has(pairKey(pair));
  const affirmedRows = Array.from(polarity.cues, ([place, cues]) => {
    const firstMention = places.indexOf(place);
    const sentence = sentences[place];
    return sentence
      ? toRows(markSentences([affirmedSentence(sentence, cues)], tokenizer, config, firstMention))
      : [];
  });
  return [
    { rows: toRows(markSentences(sentences, tokenizer, config)), pairs: pairs.filter((p) => !isDenied(p)) },
    ...(affirmedRows.length > 0 ? [{ rows: affirmedRows.flat(), pairs: pairs.filter(isDenied) }] : []),
  ];
}
