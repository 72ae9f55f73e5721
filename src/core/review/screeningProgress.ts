/** How far one reviewer has come in a phase. */
import { recordsInPhase, type ReviewState } from './reviewState';
import type { Decision } from './screeningLog';
import type { Phase, ReviewRecord } from './reviewData';

export interface ScreeningProgress {
  /** Number of records of the phase. */
  readonly total: number;
  /** Number of records that the reviewer has decided on: the sum of the next three. */
  readonly screened: number;
  readonly included: number;
  readonly excluded: number;
  readonly maybe: number;
  /** Number of records about which reviewers disagree. */
  readonly conflicts: number;
  readonly curve: readonly CurvePoint[];
}

/** After `screened` decisions, `included` records were included or undecided (`maybe`). */
export interface CurvePoint {
  readonly screened: number;
  readonly included: number;
}

/** Number of points of the curve: more cannot be told apart in a small drawing. */
const maxCurvePoints = 100;

export function screeningProgress(review: ReviewState, phase: Phase, who: string): ScreeningProgress {
  const records = recordsInPhase(review, phase);
  const decisions = decidedAmong(records, review, phase, who).map(({ decision }) => decision);
  const count = (choice: Decision['choice']): number =>
    decisions.filter((decision) => decision.choice === choice).length;
  return {
    total: records.length,
    screened: decisions.length,
    included: count('include'),
    excluded: count('exclude'),
    maybe: count('maybe'),
    conflicts: records.filter(({ id }) => review.screening.isConflict(id, phase)).length,
    curve: curveOf(decisions),
  };
}

export interface DecidedRecord {
  readonly record: ReviewRecord;
  readonly decision: Decision;
}

/** The records of a phase that a reviewer has decided on, in the order of the decisions. */
export function decidedRecords(review: ReviewState, phase: Phase, who: string): readonly DecidedRecord[] {
  return decidedAmong(recordsInPhase(review, phase), review, phase, who);
}

function decidedAmong(
  records: readonly ReviewRecord[],
  { screening }: ReviewState,
  phase: Phase,
  who: string,
): readonly DecidedRecord[] {
  const decided = records.flatMap((record) => {
    const decision = screening.decisionOf(record.id, phase, who);
    return decision ? [{ record, decision }] : [];
  });
  return decided.sort((a, b) =>
    a.decision.when < b.decision.when ? -1 : a.decision.when > b.decision.when ? 1 : 0,
  );
}

function curveOf(decisions: readonly Decision[]): readonly CurvePoint[] {
  const points: CurvePoint[] = [{ screened: 0, included: 0 }];
  const step = Math.max(1, Math.ceil(decisions.length / maxCurvePoints));
  let included = 0;
  for (const [index, { choice }] of decisions.entries()) {
    if (choice !== 'exclude') included++;
    const screened = index + 1;
    if (screened % step === 0 || screened === decisions.length) points.push({ screened, included });
  }
  return points;
}
