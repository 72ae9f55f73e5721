/** The content of the screening view as plain data, which the host makes and the page draws. */
import type { RecordFilter } from '../core/review/recordSearch';
import type { ScreeningProgress } from '../core/review/screeningProgress';
import type { QueueOrder } from '../core/review/screeningQueue';
import type { Decision, Verdict } from '../core/review/screeningLog';
import type { KeywordGroup, Phase, ReviewSettings } from '../core/review/reviewData';
import type { EntityType, Span } from '../core/types';

export interface PhaseView {
  readonly phase: Phase;
  /** Number of records in the phase without a decision of the reviewer. */
  readonly left: number;
}

/** How many relevant records are probably left among those without a decision. */
export interface RelevantEstimate {
  readonly left: number;
  readonly low: number;
  readonly high: number;
  /** When one may stop, with its error, as a sentence. Undefined while there is nothing to say. */
  readonly hint?: string | undefined;
}

export interface ProgressView extends ScreeningProgress {
  /** Number of records of the review without duplicates. */
  readonly found: number;
  /** Undefined while nothing has been learned from decisions. */
  readonly estimate?: RelevantEstimate | undefined;
}

/** All but the record on the screen. */
export interface ScreeningState extends Pick<ReviewSettings, 'question' | 'criteria'> {
  readonly keywords: readonly KeywordGroup[];
  readonly phase: Phase;
  readonly phases: readonly PhaseView[];
  readonly order: QueueOrder;
  readonly progress: ProgressView;
  /** Reasons for exclusions that were used in the review beside the criteria, the most used first. */
  readonly reasons: readonly string[];
  /** Tags that the reviewer has used, for completion. */
  readonly tags: readonly string[];
  readonly canUndo: boolean;
  /** Something that the reviewer should know, such as a ranking that does not work. */
  readonly notice?: string | undefined;
}

/** The decision of another reviewer. It is only sent when the reader has decided. */
export type OtherDecision = Pick<Decision, 'who' | 'choice' | 'reason'>;

/** A record as it is shown. */
export interface RecordView {
  readonly id: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly year?: number | undefined;
  readonly journal?: string | undefined;
  readonly doi?: string | undefined;
  readonly pmid?: string | undefined;
  /** '' if the record has no abstract. Undefined while only titles are screened. */
  readonly abstract?: string | undefined;
  /** The decision of the reader. */
  readonly choice?: Verdict | undefined;
  readonly reason?: string | undefined;
  readonly others: readonly OtherDecision[];
  readonly note: string;
  readonly tags: readonly string[];
  /** Name of the file with the full text, while full texts are screened. Undefined if it is not known. */
  readonly fullText?: string | undefined;
}

/** The record on the screen. */
export interface ShownRecord {
  /** Undefined if no record waits for a decision. */
  readonly record?: RecordView | undefined;
}

export interface EntityMark extends Span {
  readonly type: EntityType;
  /** Name of the type in the user's language. */
  readonly typeName: string;
}

/** The names in a record. Offsets refer to the title and to the abstract. */
export interface RecordMarks {
  readonly title: readonly EntityMark[];
  readonly abstract: readonly EntityMark[];
}

/** A record in the list of results. */
export interface FoundRecord {
  readonly id: string;
  readonly title: string;
  /** `Kaplan 2019` */
  readonly source: string;
  readonly choice?: Verdict | undefined;
  readonly reason?: string | undefined;
}

export interface FoundRecords {
  /** At most {@link maxFoundRecords}. */
  readonly records: readonly FoundRecord[];
  /** Number of all records that were found. */
  readonly total: number;
}

/** More records than anybody reads through; a longer query is faster. */
export const maxFoundRecords = 200;

export interface FindRecordsParams {
  readonly text: string;
  readonly filter: RecordFilter;
}

export const screeningChoices = ['include', 'exclude', 'maybe', 'skip'] as const;

export interface DecideParams {
  readonly record: string;
  readonly choice: (typeof screeningChoices)[number];
  /** Only for `exclude`. Default: no reason. */
  readonly reason?: string | undefined;
}

/** The moves from the record on the screen: among the decided records, or back to the queue. */
export const screeningMoves = ['previous', 'next', 'queue'] as const;
export type ScreeningMove = (typeof screeningMoves)[number];

/** Actions of the host that the view offers as buttons. */
export const screeningActions = ['edit', 'conflicts', 'report', 'import'] as const;
export type ScreeningAction = (typeof screeningActions)[number];

/** The actions on the full text of a record. */
export const fullTextActions = ['open', 'choose', 'notRetrieved'] as const;
export type FullTextAction = (typeof fullTextActions)[number];
