/** The answer to a yes-no question, from the stances of sentences. */
import { sigmoid } from '../tensors/sigmoid';
import type { Stance, Verdict } from '../types';
import type { SentenceStance, VerdictWeights } from './stance';

/** Maximum probability of a stance in the evidence, so that no single sentence decides against all others. */
const maxProbability = 0.98;

/** Number of papers that count on each side: a hundred papers with weak evidence must not outvote a clear one. */
const maxPapers = 5;

/**
 * Largest share of the stronger side's evidence that the listed sentences of the other side may have if an answer is
 * shown. Papers that contradict each other settle nothing; a sentence that is too improbable to be listed contradicts
 * no one.
 */
const maxConflict = 1 / 3;

/**
 * Minimum probability of a stance that is listed, and number of sentences on each side up to which further sentences of the
 * same papers are listed.
 */
const minListed = 0.6;
const maxListed = 10;

/** Evidence for and against a claim, in natural logarithms, from 0. */
export interface Evidence {
  readonly supports: number;
  readonly contradicts: number;
  /** Number of sentences that were read. */
  readonly sentences: number;
  /** Whether a sentence of each side is probable enough to be listed. */
  readonly isListed: Readonly<Record<Stance, boolean>>;
  /** Whether listed sentences speak strongly for both sides. */
  readonly isConflict: boolean;
}

/**
 * Adds up the evidence on each side: each paper counts with its most probable sentence as -log(1 - probability), the
 * evidence of a noisy-or, and only the strongest papers count.
 *
 * @param paperOf Returns the key of the paper that a passage is from.
 */
export function evidenceIn(
  stances: readonly SentenceStance[],
  paperOf: (passage: number) => string,
): Evidence {
  const sideOf = (stance: Stance, least: number) => {
    const strongest = new Map<string, number>();
    for (const each of stances) {
      const paper = paperOf(each.passage);
      strongest.set(paper, Math.max(strongest.get(paper) ?? 0, each[stance]));
    }
    return [...strongest.values()]
      .filter((probability) => probability >= least)
      .sort((a, b) => b - a)
      .slice(0, maxPapers)
      .reduce((sum, probability) => sum - Math.log(1 - Math.min(probability, maxProbability)), 0);
  };
  const listed = [sideOf('supports', minListed), sideOf('contradicts', minListed)] as const;
  return {
    supports: sideOf('supports', 0),
    contradicts: sideOf('contradicts', 0),
    sentences: stances.length,
    isListed: { supports: listed[0] > 0, contradicts: listed[1] > 0 },
    isConflict: Math.min(...listed) > maxConflict * Math.max(...listed),
  };
}

/**
 * Probabilities of yes, no and open. Two logistic functions, whose weights were fitted on held-out questions: whether
 * the evidence settles the question, which conflicting evidence makes less probable, and on which side. Evidence counts
 * less if many sentences were read, because the strongest of many is often wrong by chance.
 *
 * An answer without a sentence that a reader could check is not shown, however much weak evidence adds up.
 */
export function verdictFrom(
  evidence: Evidence,
  weights: VerdictWeights,
): Pick<Verdict, 'yes' | 'no' | 'open' | 'answer'> {
  const byChance = weights.perLogSentence * Math.log(Math.max(1, evidence.sentences));
  const supports = Math.max(0, evidence.supports - byChance);
  const contradicts = Math.max(0, evidence.contradicts - byChance);
  const settled = sigmoid(
    weights.stronger * Math.max(supports, contradicts) +
      weights.weaker * Math.min(supports, contradicts) +
      weights.settled,
  );
  const share = sigmoid(weights.difference * (supports - contradicts) + weights.bias);
  const yes = settled * share;
  const no = settled - yes;
  const likelier = yes >= no ? 'yes' : 'no';
  const isShown =
    evidence.isListed[yes >= no ? 'supports' : 'contradicts'] &&
    !evidence.isConflict &&
    Math.max(yes, no) >= weights.margin;
  const answer = isShown ? likelier : 'open';
  return { answer, yes, no, open: 1 - settled };
}

/**
 * Decides a yes-no question from the stances of sentences, and lists the sentences that take a side: of each paper the most
 * probable one, so that the number of papers is that of the listed ones, and some others. A paper with sentences on both
 * sides counts on that of its most probable sentence, because no paper is both for and against; its sentence on the other
 * side is listed too.
 */
export function verdictOf(
  stances: readonly SentenceStance[],
  paperOf: (passage: number) => string,
  weights: VerdictWeights,
): Verdict {
  const taken = stances
    .flatMap((each) => sideTaken(each) ?? [])
    .sort((a, b) => b.probability - a.probability);
  const strongest = strongestOfPapers(taken, paperOf);
  const papersOn = (stance: Stance) => strongest.filter((each) => each.stance === stance).length;
  const listedOn = (stance: Stance) => {
    const on = taken.filter((each) => each.stance === stance);
    const ofPapers = strongestOfPapers(on, paperOf);
    const others = on.filter((each) => !ofPapers.includes(each));
    return [...ofPapers, ...others.slice(0, Math.max(0, maxListed - ofPapers.length))];
  };
  const listed = new Set([...listedOn('supports'), ...listedOn('contradicts')]);
  return {
    ...verdictFrom(evidenceIn(stances, paperOf), weights),
    papers: { supports: papersOn('supports'), contradicts: papersOn('contradicts') },
    sentences: taken.filter((each) => listed.has(each)),
  };
}

/** The first sentence of each paper. @param sentences The most probable one first. */
export function strongestOfPapers<Sentence extends { readonly passage: number }>(
  sentences: readonly Sentence[],
  paperOf: (passage: number) => string | undefined,
): readonly Sentence[] {
  const known = new Map<string | undefined, Sentence>();
  for (const each of sentences) {
    const paper = paperOf(each.passage);
    if (!known.has(paper)) known.set(paper, each);
  }
  return [...known.values()];
}

function sideTaken({
  passage,
  sentence,
  supports,
  contradicts,
}: SentenceStance): Verdict['sentences'][number] | undefined {
  const stance = supports > contradicts ? 'supports' : 'contradicts';
  const probability = Math.max(supports, contradicts);
  return probability >= minListed ? { passage, sentence, stance, probability } : undefined;
}
