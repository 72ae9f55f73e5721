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
 * shown. A sentence that is too improbable to be listed contradicts no one.
 */
const maxConflict = 1 / 3;

/**
 * Minimum probability of a stance that is listed, and number of sentences on each side up to which further sentences of the
 * same papers are listed.
 */
const minListed = 0.6;
const maxListed = 10;

/** Evidence for and against a claim, in natural logarithms, from 0. */
export interface SideEvidence {
  readonly supports: number;
  readonly contradicts: number;
}

export interface Evidence extends SideEvidence {
  /** Number of sentences that were read. */
  readonly sentences: number;
  /** The evidence of the sentences that are probable enough to be listed; of a paper, how much more it has for one side. */
  readonly listed: SideEvidence;
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
  const papers = new Map<string, SideEvidence>();
  for (const { passage, supports, contradicts } of stances) {
    const paper = paperOf(passage);
    const known = papers.get(paper) ?? { supports: 0, contradicts: 0 };
    papers.set(paper, {
      supports: Math.max(known.supports, evidenceOf(supports)),
      contradicts: Math.max(known.contradicts, evidenceOf(contradicts)),
    });
  }
  const all = [...papers.values()];
  return { ...sumOf(all), sentences: stances.length, listed: sumOf(all.map(netOfListed)) };
}

function evidenceOf(probability: number): number {
  return -Math.log(1 - Math.min(probability, maxProbability));
}

/** How much more the listed sentences of a paper say for one side than for the other. */
function netOfListed({ supports, contradicts }: SideEvidence): SideEvidence {
  const difference = listedOnly(supports) - listedOnly(contradicts);
  return { supports: Math.max(0, difference), contradicts: Math.max(0, -difference) };
}

function listedOnly(evidence: number): number {
  return evidence >= evidenceOf(minListed) ? evidence : 0;
}

/** The sum over the strongest papers of each side. */
function sumOf(papers: readonly SideEvidence[]): SideEvidence {
  const side = (values: readonly number[]) =>
    [...values]
      .sort((a, b) => b - a)
      .slice(0, maxPapers)
      .reduce((sum, value) => sum + value, 0);
  return {
    supports: side(papers.map(({ supports }) => supports)),
    contradicts: side(papers.map(({ contradicts }) => contradicts)),
  };
}

/**
 * Probabilities of yes, no and open. Two logistic functions, whose weights were fitted on held-out questions: whether
 * the evidence settles the question, which conflicting evidence makes less probable, and on which side. Evidence counts
 * less if many sentences were read, because the strongest of many is often wrong by chance.
 *
 * An answer is shown only if the listed sentences, which a reader can check, lead to it by themselves: many weak
 * sentences and a single one that is listed do not. Papers that contradict each other settle nothing.
 */
export function verdictFrom(
  evidence: Evidence,
  weights: VerdictWeights,
): Pick<Verdict, 'yes' | 'no' | 'open' | 'answer'> {
  const { yes, no, open } = probabilitiesOf(evidence, evidence.sentences, weights);
  const { listed } = evidence;
  const ofListed = probabilitiesOf(listed, evidence.sentences, weights);
  const answer = yes >= no ? 'yes' : 'no';
  const isConflict =
    Math.min(listed.supports, listed.contradicts) >
    maxConflict * Math.max(listed.supports, listed.contradicts);
  const isShown = !isConflict && Math.min(Math.max(yes, no), ofListed[answer]) >= weights.margin;
  return { answer: isShown ? answer : 'open', yes, no, open };
}

function probabilitiesOf(
  { supports: affirming, contradicts: denying }: SideEvidence,
  sentences: number,
  weights: VerdictWeights,
): Pick<Verdict, 'yes' | 'no' | 'open'> {
  const byChance = weights.perLogSentence * Math.log(Math.max(1, sentences));
  const supports = Math.max(0, affirming - byChance);
  const contradicts = Math.max(0, denying - byChance);
  const settled = sigmoid(
    weights.stronger * Math.max(supports, contradicts) +
      weights.weaker * Math.min(supports, contradicts) +
      weights.settled,
  );
  const yes = settled * sigmoid(weights.difference * (supports - contradicts) + weights.bias);
  return { yes, no: settled - yes, open: 1 - settled };
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
