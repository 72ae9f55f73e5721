import type { Calibration, Span, Verdict } from '../types';

const names = ['yes', 'no', 'maybe'] as const;

/** Probabilities of yes, no and maybe. */
export type VerdictProbabilities = readonly [yes: number, no: number, maybe: number];

/** What one passage says, or one of its sentences. */
export interface PassageVerdict {
  readonly passage: number;
  readonly probabilities: VerdictProbabilities;
}

export interface SentenceVerdict extends PassageVerdict {
  readonly sentence: Span;
}

/** Softmax of the logits under a temperature. @param logits Of each window of a passage, `[3]`; their mean counts. */
export function verdictOf(logits: readonly Float32Array[], { scale }: Calibration): VerdictProbabilities {
  const mean = names.map(
    (_, i) =>
      (scale * logits.reduce((sum, window) => sum + (window[i] ?? 0), 0)) / Math.max(1, logits.length),
  );
  const highest = Math.max(...mean);
  const [yes = 0, no = 0, maybe = 0] = mean.map((logit) => Math.exp(logit - highest));
  const total = yes + no + maybe;
  return [yes / total, no / total, maybe / total];
}

/** Says how much a passage counts: one that decides nothing says maybe. Never 0, so that all-maybe stays maybe. */
export function weightOf([, , maybe]: VerdictProbabilities): number {
  return (1 - maybe) ** 2 + 1e-3;
}

/** Passages that decide, at most: a hundred that say little must not outvote the one that reports the finding. */
const maxDeciding = 5;

/** Sentences shown as reasons, at most. */
const maxReasons = 5;

/** The passages that are most decided, most decided first. */
export function mostDecided(passages: readonly PassageVerdict[], limit: number): PassageVerdict[] {
  return [...passages].sort((a, b) => weightOf(b.probabilities) - weightOf(a.probabilities)).slice(0, limit);
}

/** The passages' verdicts, weighted by how decided they are, with the sentences that decided. */
export function mergeVerdicts(
  passages: readonly PassageVerdict[],
  sentences: readonly SentenceVerdict[],
): Verdict {
  const deciding = mostDecided(passages, maxDeciding);
  const total = deciding.reduce((sum, { probabilities }) => sum + weightOf(probabilities), 0);
  const share = (i: 0 | 1 | 2) =>
    deciding.reduce((sum, { probabilities }) => sum + weightOf(probabilities) * probabilities[i], 0) /
    (total || 1);
  const reasons = sentences.map(({ passage, sentence, probabilities }) => {
    const index = probabilities.indexOf(Math.max(...probabilities)) as 0 | 1 | 2;
    return {
      passage,
      sentence,
      verdict: names[index],
      weight: weightOf(probabilities) * probabilities[index],
    };
  });
  return {
    yes: passages.length > 0 ? share(0) : 0,
    no: passages.length > 0 ? share(1) : 0,
    maybe: passages.length > 0 ? share(2) : 1,
    reasons: reasons
      .filter(({ verdict }) => verdict !== 'maybe')
      .sort((a, b) => b.weight - a.weight)
      .slice(0, maxReasons),
  };
}
