/** Makes the plain data that the page shows of a review. */
import { recordsInPhase, uniqueRecords, type ReviewState } from '../../../core/review/reviewState';
import { usedReasons } from '../../../core/review/usedReasons';
import { searchRecords } from '../../../core/review/recordSearch';
import { screeningProgress } from '../../../core/review/screeningProgress';
import { shortReference } from '../../../core/records/shortReference';
import type { QueueOrder } from '../../../core/review/screeningQueue';
import type { Phase, ReviewRecord } from '../../../core/review/reviewData';
import {
  maxFoundRecords,
  type FindRecordsParams,
  type FoundRecords,
  type PhaseView,
  type RecordView,
  type RelevantEstimate,
  type ScreeningState,
} from '../../../protocol/screening';

/** The reader and the phase: who may see what. */
export interface Viewer {
  readonly phase: Phase;
  /** The reviewer. */
  readonly who: string;
}

export interface StateParts extends Viewer {
  readonly order: QueueOrder;
  readonly canUndo: boolean;
  readonly estimate?: RelevantEstimate | undefined;
  readonly notice?: string | undefined;
}

export function screeningState(review: ReviewState, parts: StateParts): ScreeningState {
  const { phase, who, order, canUndo, estimate, notice } = parts;
  const { question, criteria, keywords, phases } = review.settings;
  return {
    ...{ question, criteria, keywords, phase, order, canUndo, notice },
    phases: phases.map((each) => phaseView(review, each, who)),
    progress: {
      ...screeningProgress(review, phase, who),
      found: uniqueRecords(review).length,
      estimate,
    },
    reasons: usedReasons(review),
    tags: usedTags(review, who),
  };
}

/** A record as a reviewer may see it: without what others decided until the reviewer has decided. */
export function recordView(
  { screening }: ReviewState,
  record: ReviewRecord,
  { phase, who }: Viewer,
): RecordView {
  const { id, title = '', authors, year, journal, doi, pmid, abstract = '' } = record;
  const decision = screening.decisionOf(id, phase, who);
  const others = decision ? screening.decisions(id, phase).filter((each) => each.who !== who) : [];
  return {
    ...{ id, title, authors, year, journal, doi, pmid },
    abstract: phase === 'title' ? undefined : abstract,
    choice: decision?.choice,
    reason: decision?.reason,
    others: others.map(({ who: other, choice, reason }) => ({ who: other, choice, reason })),
    ...screening.remarks(id, who),
  };
}

export function foundRecords(review: ReviewState, params: FindRecordsParams, viewer: Viewer): FoundRecords {
  const found = searchRecords(review, { ...params, ...viewer });
  const records = found.slice(0, maxFoundRecords).map((record) => {
    const { id, title = '' } = record;
    const decision = review.screening.decisionOf(id, viewer.phase, viewer.who);
    return { id, title, source: shortReference(record), choice: decision?.choice, reason: decision?.reason };
  });
  return { records, total: found.length };
}

function phaseView(review: ReviewState, phase: Phase, who: string): PhaseView {
  const undecided = recordsInPhase(review, phase).filter(
    ({ id }) => !review.screening.decisionOf(id, phase, who),
  );
  return { phase, left: undecided.length };
}

function usedTags({ records, screening }: ReviewState, who: string): readonly string[] {
  return [...new Set(records.flatMap(({ id }) => screening.remarks(id, who).tags))].sort();
}
