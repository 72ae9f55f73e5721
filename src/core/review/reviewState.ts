/** The state of a review, which follows from its files together. */
import type { DuplicateLog } from './duplicateLog';
import type { Outcome, ScreeningLog } from './screeningLog';
import { standingOf } from './standing';
import type { Phase, ReviewRecord, ReviewSettings } from './reviewData';

/** The content of the files of a review. */
export interface ReviewState {
  readonly settings: ReviewSettings;
  /** In the order of the imports, with duplicates. */
  readonly records: readonly ReviewRecord[];
  readonly duplicates: DuplicateLog;
  readonly screening: ScreeningLog;
}

/**
 * The records that are screened in a phase: not duplicates, and not excluded or undecided in an earlier phase. A decision
 * also counts for the earlier phases that have none, as in the report: a phase may be added later.
 */
export function recordsInPhase(review: ReviewState, phase: Phase): readonly ReviewRecord[] {
  const { settings, screening } = review;
  const { phases } = settings;
  const isDecided = (id: string, each: Phase): boolean => screening.decisions(id, each).length > 0;
  const earlier = phases.slice(0, Math.max(0, phases.indexOf(phase)));
  return uniqueRecords(review).filter(({ id }) =>
    earlier.every((each, index) => {
      if (isDecided(id, each)) return isPassed(screening.outcome(id, each));
      return phases.slice(index + 1).some((later) => isDecided(id, later));
    }),
  );
}

export function uniqueRecords({ records, duplicates }: ReviewState): readonly ReviewRecord[] {
  return records.filter(({ id }) => !duplicates.isDuplicate(id));
}

/** Whether a record goes on to the next phase: included, or to be decided on there. */
export function isPassed(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome.choice !== 'exclude';
}

/** The records that the review includes: what is included in the last phase. */
export function includedRecords(review: ReviewState): readonly ReviewRecord[] {
  const last = review.settings.phases.at(-1) ?? 'fulltext';
  return recordsInPhase(review, last).filter(
    ({ id }) => review.screening.outcome(id, last)?.choice === 'include',
  );
}

/**
 * The records that are included as far as the screening has come: not excluded in any phase, and included in the last
 * phase that has a decision. They are what a reviewer works on before all full texts are read.
 */
export function includedSoFar(review: ReviewState): readonly ReviewRecord[] {
  return uniqueRecords(review).filter(({ id }) => standingOf(review, id).decision === 'include');
}

/** The records of a phase about which reviewers disagree. */
export function conflictsIn(review: ReviewState, phase: Phase): readonly ReviewRecord[] {
  return recordsInPhase(review, phase).filter(({ id }) => review.screening.isConflict(id, phase));
}
