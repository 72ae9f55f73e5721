/** All messages between the extension host and the screening view, with guards for both sides. */
import { recordFilters } from '../core/review/recordSearch';
import type { CurvePoint } from '../core/review/screeningProgress';
import { queueOrders, type QueueOrder } from '../core/review/screeningQueue';
import { phases } from '../core/review/screeningLog';
import type { KeywordGroup, Phase } from '../core/review/reviewData';
import {
  isArrayOf,
  isBoolean,
  isCount,
  isNumber,
  isOneOf,
  isOptional,
  isShape,
  isString,
  isUndefined,
} from './guards';
import { plainMethod, type EventType } from './rpc';
import {
  type DecideParams,
  type EntityMark,
  type FindRecordsParams,
  type FoundRecord,
  type FoundRecords,
  type FullTextAction,
  fullTextActions,
  type OtherDecision,
  type PhaseView,
  type ProgressView,
  type RecordMarks,
  type RecordView,
  type RelevantEstimate,
  screeningActions,
  screeningChoices,
  screeningMoves,
  type ScreeningState,
  type ShownRecord,
} from './screening';
import { isScreeningWords, type ScreeningWords } from './screeningWords';

export interface ScreeningStart {
  readonly words: ScreeningWords;
  /** Locale for the format of numbers, as a BCP 47 tag. */
  readonly locale: string;
  readonly state: ScreeningState;
}

export interface NoteParams {
  readonly record: string;
  readonly note: string;
}

export interface TagsParams {
  readonly record: string;
  readonly tags: readonly string[];
}

export interface KeywordParams {
  /** Name of the group; a new one is created. */
  readonly group: string;
  readonly word: string;
}

export interface FullTextParams {
  readonly record: string;
  readonly action: FullTextAction;
}

const isPhase = isOneOf<Phase>(phases);
const isOrder = isOneOf<QueueOrder>(queueOrders);
const isVerdict = isOneOf(['include', 'exclude', 'maybe']);
const isStrings = isArrayOf(isString);

const isEstimate = isShape<RelevantEstimate>({
  left: isNumber,
  low: isNumber,
  high: isNumber,
  hint: isOptional(isString),
});

const isProgress = isShape<ProgressView>({
  total: isCount,
  screened: isCount,
  included: isCount,
  excluded: isCount,
  maybe: isCount,
  conflicts: isCount,
  curve: isArrayOf(isShape<CurvePoint>({ screened: isCount, included: isCount })),
  found: isCount,
  estimate: isOptional(isEstimate),
});

const isState = isShape<ScreeningState>({
  question: isString,
  criteria: isShape<ScreeningState['criteria']>({ include: isStrings, exclude: isStrings }),
  keywords: isArrayOf(isShape<KeywordGroup>({ name: isString, words: isStrings })),
  phase: isPhase,
  phases: isArrayOf(isShape<PhaseView>({ phase: isPhase, left: isCount })),
  order: isOrder,
  progress: isProgress,
  reasons: isStrings,
  tags: isStrings,
  canUndo: isBoolean,
  notice: isOptional(isString),
});

const isRecordView = isShape<RecordView>({
  id: isString,
  title: isString,
  authors: isStrings,
  year: isOptional(isCount),
  journal: isOptional(isString),
  doi: isOptional(isString),
  pmid: isOptional(isString),
  abstract: isOptional(isString),
  choice: isOptional(isVerdict),
  reason: isOptional(isString),
  others: isArrayOf(
    isShape<OtherDecision>({ who: isString, choice: isVerdict, reason: isOptional(isString) }),
  ),
  note: isString,
  tags: isStrings,
  fullText: isOptional(isString),
});

const isEntityMark = isShape<EntityMark>({
  start: isCount,
  end: isCount,
  type: isString,
  typeName: isString,
});

// Messages from the page to the host.

/** Reports that the page has been loaded, or loaded again. The host answers, and then sends the record as an event. */
export const startMethod = plainMethod(
  'start',
  isUndefined,
  isShape<ScreeningStart>({ words: isScreeningWords, locale: isString, state: isState }),
);

/** Resolves when the decision is on the disk. The next record comes before. */
export const decideMethod = plainMethod(
  'decide',
  isShape<DecideParams>({
    record: isString,
    choice: isOneOf(screeningChoices),
    reason: isOptional(isString),
  }),
  isUndefined,
);

/** Takes the last decision of the reviewer back and shows its record. */
export const undoMethod = plainMethod('undo', isUndefined, isUndefined);

export const noteMethod = plainMethod(
  'note',
  isShape<NoteParams>({ record: isString, note: isString }),
  isUndefined,
);

export const tagsMethod = plainMethod(
  'tags',
  isShape<TagsParams>({ record: isString, tags: isStrings }),
  isUndefined,
);

export const moveMethod = plainMethod('move', isOneOf(screeningMoves), isUndefined);

/** Shows a record. The parameter is its id. */
export const showMethod = plainMethod('show', isString, isUndefined);

export const phaseMethod = plainMethod('phase', isPhase, isUndefined);

export const orderMethod = plainMethod('order', isOrder, isUndefined);

export const findMethod = plainMethod(
  'find',
  isShape<FindRecordsParams>({ text: isString, filter: isOneOf(recordFilters) }),
  isShape<FoundRecords>({
    records: isArrayOf(
      isShape<FoundRecord>({
        id: isString,
        title: isString,
        source: isString,
        choice: isOptional(isVerdict),
        reason: isOptional(isString),
      }),
    ),
    total: isCount,
  }),
);

/** Finds the names in a record, given its id. It takes a while; the page shows the text meanwhile. */
export const marksMethod = plainMethod(
  'marks',
  isString,
  isShape<RecordMarks>({ title: isArrayOf(isEntityMark), abstract: isArrayOf(isEntityMark) }),
);

/** Adds a word to a group of keywords. */
export const addKeywordMethod = plainMethod(
  'addKeyword',
  isShape<KeywordParams>({ group: isString, word: isString }),
  isUndefined,
);

export const fullTextMethod = plainMethod(
  'fullText',
  isShape<FullTextParams>({ record: isString, action: isOneOf(fullTextActions) }),
  isUndefined,
);

export const actMethod = plainMethod('act', isOneOf(screeningActions), isUndefined);

// Messages from the host to the page.

export const stateEvent: EventType<ScreeningState> = { name: 'state', isValue: isState };

export const recordEvent: EventType<ShownRecord> = {
  name: 'record',
  isValue: isShape<ShownRecord>({ record: isOptional(isRecordView) }),
};
