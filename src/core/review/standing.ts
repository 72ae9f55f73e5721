import type { ExportedRecord } from './exportedRecord';
import type { ReviewSettings } from './reviewData';
import type { ScreeningLog } from './screeningLog';

/** The decision of a review about a record, over all phases. */
export interface Standing {
  readonly decision: NonNullable<ExportedRecord['decision']>;
  /** The reason of an exclusion. */
  readonly reason?: string | undefined;
}

interface ScreenedReview {
  readonly settings: Pick<ReviewSettings, 'phases'>;
  readonly screening: ScreeningLog;
}

/**
 * The decision about a record: excluded if it was excluded in any phase, else what the last phase with a decision says.
 *
 * @param id The record, which must not be a duplicate.
 */
export function standingOf({ settings, screening }: ScreenedReview, id: string): Standing {
  const outcomes = settings.phases.map((phase) => screening.outcome(id, phase));
  const exclusion = outcomes.find((outcome) => outcome?.choice === 'exclude');
  if (exclusion) return { decision: 'exclude', reason: exclusion.reason };
  return { decision: outcomes.findLast((outcome) => outcome !== undefined)?.choice ?? 'undecided' };
}
