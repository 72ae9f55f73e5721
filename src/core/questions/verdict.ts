import type { Calibration, Span, Verdict } from '../types';

const names = ['yes', 'no', 'maybe'] as const;

/** Probabilities of yes, no and maybe. */
export type VerdictProbabilities = readonly [yes: number, no: number, maybe: number];

/** What one passage says, or one of its sentences. */
export interface PassageVerdict {
  readonly passage: number;
  readonly probabilities: VerdictProbabilities;
  /** Probability that the passage, or the sentence, speaks of the matter at all. */
  readonly relevance: number;
}

export interface SentenceVerdict extends PassageVerdict {
  readonly sentence: Span;
}

/**
 * Softmax of the logits under a temperature; the offset is that of maybe, which training reads more often than people
 * say it (Saerens et al. 2002).
 *
 * @param logits Of each window of a passage, `[3]`; their mean counts.
 */
export function verdictOf(
  logits: readonly Float32Array[],
  { scale, offset }: Calibration,
): VerdictProbabilities {
  const mean = names.map((name, i) => {
    const sum = logits.reduce((total, window) => total + (window[i] ?? 0), 0);
    return (scale * sum) / Math.max(1, logits.length) + (name === 'maybe' ? offset : 0);
  });
  const highest = Math.max(...mean);
  const [yes = 0, no = 0, maybe = 0] = mean.map((logit) => Math.exp(logit - highest));
  const total = yes + no + maybe;
  return [yes / total, no / total, maybe / total];
}

/**
 * Says how much a passage counts: one that decides nothing, or speaks of something else, says maybe. Never 0, so that
 * all-maybe stays maybe.
 */
function weightOf({ probabilities: [, , maybe], relevance }: PassageVerdict): number {
  return ((1 - maybe) ** 2 + 1e-3) * (relevance + 1e-3);
}

/** Passages that decide, at most: a hundred that say little must not outvote the one that reports the finding. */
const maxDeciding = 5;

/** Sentences shown as reasons, at most, and how much each must say of what the best one says. */
const maxReasons = 5;
const leastShare = 0.25;

/** The passages that are most decided, most decided first. */
export function mostDecided(passages: readonly PassageVerdict[], limit: number): PassageVerdict[] {
  return [...passages].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, limit);
}

/** The passages' verdicts, weighted by how decided and how relevant they are, with the sentences that decided. */
export function mergeVerdicts(
  passages: readonly PassageVerdict[],
  sentences: readonly SentenceVerdict[],
): Verdict {
  if (passages.length === 0) return { yes: 0, no: 0, maybe: 1, reasons: [] };
  const deciding = mostDecided(passages, maxDeciding);
  const total = deciding.reduce((sum, each) => sum + weightOf(each), 0);
  const share = (i: 0 | 1) =>
    deciding.reduce((sum, each) => sum + weightOf(each) * each.probabilities[i], 0) / total;
  const relevance = Math.max(...deciding.map((each) => each.relevance));
  // What does not speak of the matter decides nothing.
  const yes = relevance * share(0);
  const no = relevance * share(1);
  const maybe = 1 - yes - no;
  return { yes, no, maybe, reasons: reasonsOf(sentences, maybe < 0.5) };
}

/**
 * The sentences that say yes or no and speak of the matter, but for those that say much less than the best one. What
 * is decided has one reason at least: a conclusion may name the matter in other words.
 */
function reasonsOf(sentences: readonly SentenceVerdict[], isDecided: boolean): Verdict['reasons'] {
  const told = sentences
    .map((each) => {
      const { passage, sentence, probabilities } = each;
      const index = probabilities.indexOf(Math.max(...probabilities)) as 0 | 1 | 2;
      const weight = weightOf(each) * probabilities[index];
      return { passage, sentence, verdict: names[index], weight, isOfMatter: each.relevance >= 0.5 };
    })
    .filter(({ verdict }) => verdict !== 'maybe')
    .sort((a, b) => b.weight - a.weight);
  const [best] = told;
  const telling = told.filter(
    ({ weight, isOfMatter }) => isOfMatter && weight >= leastShare * (best?.weight ?? 0),
  );
  const shown = telling.length === 0 && isDecided ? told.slice(0, 1) : telling;
  return shown
    .slice(0, maxReasons)
    .map(({ passage, sentence, verdict, weight }) => ({ passage, sentence, verdict, weight }));
}
