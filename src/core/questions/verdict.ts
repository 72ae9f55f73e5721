import type { Calibration, Span, Verdict } from '../types';

const names = ['yes', 'no', 'maybe'] as const;

/** Probabilities of yes, no and maybe. */
export type VerdictProbabilities = readonly [yes: number, no: number, maybe: number];

/** The verdict of one passage, or of one of its sentences. */
export interface PassageVerdict {
  readonly passage: number;
  readonly probabilities: VerdictProbabilities;
  /** Probability that the passage or sentence is about the subject of the question. */
  readonly relevance: number;
}

export interface SentenceVerdict extends PassageVerdict {
  readonly sentence: Span;
}

/**
 * Softmax of the logits with a temperature. The offset is added to the logit of maybe, because maybe is more frequent
 * in the training data than in real questions (Saerens et al. 2002).
 *
 * @param logits The `[3]` logits of each window of a passage; their mean is used.
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
 * The weight of a passage. It is low if the passage says maybe or is about another subject. It is never 0, so that the
 * verdict stays maybe if all passages say maybe.
 */
function weightOf({ probabilities: [, , maybe], relevance }: PassageVerdict): number {
  return ((1 - maybe) ** 2 + 1e-3) * (relevance + 1e-3);
}

/**
 * Maximum number of passages that count for the verdict: a hundred passages with little evidence must not outvote the
 * one that reports the finding.
 */
const maxDecidingPassages = 5;

/** Maximum number of sentences shown as reasons, and the minimum weight of a reason relative to the best one. */
const maxReasons = 5;
const minReasonShare = 0.25;

/** The passages with the highest weight, highest first. */
export function mostDecided(passages: readonly PassageVerdict[], limit: number): PassageVerdict[] {
  return [...passages].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, limit);
}

/**
 * Combines the verdicts of passages, weighted by how decided and how relevant they are, and adds the sentences that
 * support the result.
 */
export function mergeVerdicts(
  passages: readonly PassageVerdict[],
  sentences: readonly SentenceVerdict[],
): Verdict {
  if (passages.length === 0) return { yes: 0, no: 0, maybe: 1, reasons: [] };
  const deciding = mostDecided(passages, maxDecidingPassages);
  const total = deciding.reduce((sum, each) => sum + weightOf(each), 0);
  const share = (i: 0 | 1) =>
    deciding.reduce((sum, each) => sum + weightOf(each) * each.probabilities[i], 0) / total;
  const relevance = Math.max(...deciding.map((each) => each.relevance));
  // Passages about another subject decide nothing.
  const yes = relevance * share(0);
  const no = relevance * share(1);
  const maybe = 1 - yes - no;
  return { yes, no, maybe, reasons: reasonsOf(sentences, maybe < 0.5) };
}

/**
 * The sentences that say yes or no and are about the subject, without those that have much less weight than the best
 * one. A decided verdict has at least one reason: a conclusion may refer to the subject in other words.
 */
function reasonsOf(sentences: readonly SentenceVerdict[], isDecided: boolean): Verdict['reasons'] {
  const decisive = sentences
    .map((each) => {
      const { passage, sentence, probabilities } = each;
      const index = probabilities.indexOf(Math.max(...probabilities)) as 0 | 1 | 2;
      const weight = weightOf(each) * probabilities[index];
      return { passage, sentence, verdict: names[index], weight, isOfMatter: each.relevance >= 0.5 };
    })
    .filter(({ verdict }) => verdict !== 'maybe')
    .sort((a, b) => b.weight - a.weight);
  const [best] = decisive;
  const strong = decisive.filter(
    ({ weight, isOfMatter }) => isOfMatter && weight >= minReasonShare * (best?.weight ?? 0),
  );
  const reasons = strong.length === 0 && isDecided ? decisive.slice(0, 1) : strong;
  return reasons
    .slice(0, maxReasons)
    .map(({ passage, sentence, verdict, weight }) => ({ passage, sentence, verdict, weight }));
}
