/** The text and the decisions that the ranking of the records of a review learns from. */
import type { RelevanceDecision } from '../screening/ranker';
import type { Phase } from './reviewData';
import { recordsInPhase, type ReviewState } from './reviewState';
import { decidedRecords } from './screeningProgress';

/**
 * The decisions of the reviewer in the phase, in their order, from which the ranking learns. A record that may be
 * included counts as relevant.
 */
export function learnedDecisions(
  review: ReviewState,
  { phase, who }: { readonly phase: Phase; readonly who: string },
): readonly RelevanceDecision[] {
  return decidedRecords(review, phase, who).map(({ record, decision }) => ({
    id: record.id,
    relevant: decision.choice !== 'exclude',
  }));
}

/** The text with which records are compared before the first decision. */
export function rankingQuestion({ settings }: ReviewState): string {
  return [settings.question, ...settings.criteria.include].filter((line) => line !== '').join('\n');
}

/** The first phase in which a reviewer has something to decide. */
export function firstPhase(review: ReviewState, who: string): Phase {
  const { settings, screening } = review;
  const hasWork = (phase: Phase): boolean =>
    recordsInPhase(review, phase).some(({ id }) => !screening.decisionOf(id, phase, who));
  return settings.phases.find(hasWork) ?? settings.phases[0] ?? 'abstract';
}
