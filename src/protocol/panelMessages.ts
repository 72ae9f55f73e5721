/** All messages between the extension host and the side panel, with guards for both sides. */
import {
  type Guard,
  isArrayOf,
  isBoolean,
  isCount,
  isOneOf,
  isOptional,
  isProbability,
  isShape,
  isString,
  isUndefined,
} from './guards';
import {
  type AnswerRow,
  type AskProgress,
  type AskResult,
  type EvidenceCell,
  type EvidenceKind,
  type EvidenceTopic,
  type EvidenceView,
  type MarkedText,
  type NamedConcept,
  type NamedEntity,
  panelActions,
  type NoticeAction,
  type OtherPlace,
  type PanelNotice,
  type PanelScope,
  panelScopes,
  type PanelState,
  type PanelWork,
  type StanceRow,
  type RelationRow,
  type RelationRowsPart,
  type TextMark,
  type VerdictView,
} from './panel';
import { isPanelWords, type PanelWords } from './panelWords';
import { plainMethod, type EventType, type Method } from './rpc';

/** Number of rows in one message. Cloning and checking them takes a few milliseconds. */
export const rowsPerMessage = 500;

export interface PanelStart {
  /** Differs after each start of the host. Ids of rows are only valid within one session. */
  readonly session: string;
  readonly words: PanelWords;
  /** Locale for the format of numbers, as a BCP 47 tag. */
  readonly locale: string;
  readonly state: PanelState;
  /** The filter of the list as JSON, if a page has set one. */
  readonly filter?: string | undefined;
}

export type RowKind = 'answer' | EvidenceKind;

const isRowKind = isOneOf<RowKind>(['relation', 'answer', 'evidence', 'paperAnswer']);

/** Identifies a row in one of the lists. */
export interface RowName {
  readonly kind: RowKind;
  readonly id: number;
}

export interface RevealParams extends RowName {
  /** Whether the focus stays in the panel, as it should while the reader moves along the rows. */
  readonly keepFocus: boolean;
}

export interface AskParams {
  readonly question: string;
}

/** A decision about a relation in the list; `undo` removes the earlier decision. */
export type CurationVerdict = 'accept' | 'reject' | 'retype' | 'undo';

export interface CurateParams {
  /** Id of the relation's row. */
  readonly id: number;
  readonly verdict: CurationVerdict;
}

export interface SaveParams {
  /** Proposed file name. */
  readonly name: string;
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
}

const isMark = isShape<TextMark>({
  start: isCount,
  end: isCount,
  role: isOneOf(['subject', 'object', 'cue', 'answer']),
});

const isMarkedText = isShape<MarkedText>({ text: isString, marks: isArrayOf(isMark) });

const place = { document: isString, name: isString, file: isOptional(isString), line: isCount } as const;

const isOtherPlace = isShape<OtherPlace>({ ...place, id: isCount });

const isNamedEntity = isShape<NamedEntity>({
  name: isString,
  type: isString,
  key: isString,
  concept: isOptional(isShape<NamedConcept>({ id: isString, name: isString, species: isOptional(isString) })),
});

export const isRelationRow = isShape<RelationRow>({
  ...place,
  id: isCount,
  year: isOptional(isCount),
  isDraft: isOptional(isBoolean),
  type: isString,
  subject: isNamedEntity,
  object: isNamedEntity,
  probability: isProbability,
  isTentative: isOptional(isBoolean),
  negated: isOptional(isString),
  speculated: isOptional(isString),
  evidence: isMarkedText,
  copies: isOptional(isArrayOf(isOtherPlace)),
  curated: isOptional(isOneOf(['accepted', 'changed', 'added'])),
  isPinned: isBoolean,
});

const isAnswerRow = isShape<AnswerRow>({
  ...place,
  id: isCount,
  answer: isString,
  otherNames: isArrayOf(isString),
  probability: isProbability,
  sentence: isMarkedText,
  alsoIn: isArrayOf(isOtherPlace),
  isPinned: isBoolean,
});

const isStanceRow = isShape<StanceRow>({
  ...place,
  id: isCount,
  stance: isOneOf(['supports', 'contradicts']),
  probability: isProbability,
  sentence: isMarkedText,
  isPinned: isBoolean,
});

const isOnEachSide = isShape<VerdictView['papers']>({ supports: isCount, contradicts: isCount });

const isVerdict = isShape<VerdictView>({
  answer: isOneOf(['yes', 'no', 'open']),
  yes: isProbability,
  no: isProbability,
  open: isProbability,
  papers: isOnEachSide,
  drafts: isOnEachSide,
  sentences: isArrayOf(isStanceRow),
});

const progress = { read: isCount, total: isCount, answers: isArrayOf(isAnswerRow) } as const;

const isNoticeAction = isShape<NoticeAction>({ id: isOneOf(panelActions), label: isString });

const isNotice = isShape<PanelNotice>({
  kind: isOneOf(['empty', 'problem']),
  message: isString,
  action: isOptional(isNoticeAction),
  alternative: isOptional(isNoticeAction),
});

const isWork = isShape<PanelWork>({ label: isString, fraction: isOptional(isProbability) });

const isScope: Guard<PanelScope> = isOneOf(panelScopes);

const isState = isShape<PanelState>({
  scope: isScope,
  scopes: isArrayOf(isScope),
  recordsOnly: isBoolean,
  summary: isString,
  model: isOptional(isString),
  relationsWork: isOptional(isWork),
  relationsNotice: isOptional(isNotice),
  indexWork: isOptional(isWork),
  columnsWork: isOptional(isWork),
  history: isArrayOf(isString),
});

// Messages from the panel to the host.

/** Reports that the panel has been loaded, or loaded again. The host answers, and then sends the lists as events. */
export const startMethod = plainMethod(
  'start',
  isUndefined,
  isShape<PanelStart>({
    session: isString,
    words: isPanelWords,
    locale: isString,
    state: isState,
    filter: isOptional(isString),
  }),
);

export const scopeMethod = plainMethod('scope', isScope, isUndefined);

/** Chooses whether answers, list and graph leave out drafts and notes. */
export const recordsOnlyMethod = plainMethod('recordsOnly', isBoolean, isUndefined);

export const actMethod = plainMethod('act', isOneOf(panelActions), isUndefined);

/** Stops the work that the progress bar shows. Results that are finished are kept. */
export const stopMethod = plainMethod('stop', isOneOf(['relations', 'index', 'columns']), isUndefined);

export const revealMethod = plainMethod(
  'reveal',
  isShape<RevealParams>({
    kind: isRowKind,
    id: isCount,
    keepFocus: isBoolean,
  }),
  isUndefined,
);

/** Asks a question. The cancel message of the connection stops it. */
export const askMethod: Method<AskParams, AskResult, AskProgress> = {
  name: 'ask',
  isParams: isShape<AskParams>({ question: isString }),
  isResult: isShape<AskResult>({
    ...progress,
    kind: isOneOf(['factoid', 'list', 'yesno']),
    verdict: isOptional(isVerdict),
    noAnswer: isOptional(isProbability),
    note: isOptional(isString),
    papers: isString,
    model: isString,
    modelIdentity: isString,
  }),
  isProgress: isShape<AskProgress>(progress),
};

export const clearHistoryMethod = plainMethod('clearHistory', isUndefined, isUndefined);

/** Adds a row to the evidence table, or removes it. */
export const pinMethod = plainMethod(
  'pin',
  isShape<RowName & { readonly pinned: boolean }>({
    kind: isRowKind,
    id: isCount,
    pinned: isBoolean,
  }),
  isUndefined,
);

export const noteMethod = plainMethod(
  'note',
  isShape<{ readonly id: number; readonly note: string }>({ id: isCount, note: isString }),
  isUndefined,
);

/** Confirms a value of the extraction form. Another value than the present one replaces it; an empty one does not. */
export const valueMethod = plainMethod(
  'value',
  isShape<{ readonly id: number; readonly value: string }>({ id: isCount, value: isString }),
  isUndefined,
);

/** Asks for a question, and asks it of every paper of the scope. The reply does not wait for the answers. */
export const addColumnMethod = plainMethod('addColumn', isUndefined, isUndefined);

export interface ColumnParams {
  /** Id of the column, an `EvidenceTopic`. */
  readonly topic: string;
  /** Asks every paper, or removes the answers that are not pinned. */
  readonly action: 'ask' | 'remove';
}

export const columnMethod = plainMethod(
  'column',
  isShape<ColumnParams>({ topic: isString, action: isOneOf(['ask', 'remove']) }),
  isUndefined,
);

/** Asks for a format and a file, and exports the evidence. */
export const exportEvidenceMethod = plainMethod('exportEvidence', isUndefined, isUndefined);

export const curateMethod = plainMethod(
  'curate',
  isShape<CurateParams>({ id: isCount, verdict: isOneOf(['accept', 'reject', 'retype', 'undo']) }),
  isUndefined,
);

/** Shows a save dialog and writes the file. */
export const saveMethod = plainMethod(
  'save',
  isShape<SaveParams>({ name: isString, content: isString, encoding: isOneOf(['utf8', 'base64']) }),
  isUndefined,
);

/** Returns the identifiers of the concepts that a typed name may mean. Without a terminology the list is empty. */
export const namedConceptsMethod = plainMethod('namedConcepts', isString, isArrayOf(isString));

/**
 * Reports the filter of the list as JSON. The graph in an editor shows the same relations as the list. The host keeps the
 * filter without reading it.
 */
export const filterMethod = plainMethod('filter', isString, isUndefined);

/** Opens the graph in an editor. */
export const openGraphMethod = plainMethod('openGraph', isUndefined, isUndefined);

// Messages from the host to the panel.

/** The filter of the list, after another page has set it. */
export const filterEvent: EventType<string> = { name: 'filterThis', isValue: isString };

export const stateEvent: EventType<PanelState> = { name: 'state', isValue: isState };

export const relationRowsEvent: EventType<RelationRowsPart> = {
  name: 'relationRows',
  isValue: isShape<RelationRowsPart>({
    list: isCount,
    scope: isScope,
    isFirst: isBoolean,
    isLast: isBoolean,
    rows: isArrayOf(isRelationRow),
  }),
};

export const evidenceEvent: EventType<EvidenceView> = {
  name: 'evidence',
  isValue: isShape<EvidenceView>({
    topics: isArrayOf(
      isShape<EvidenceTopic>({
        id: isString,
        label: isString,
        ids: isOptional(isString),
        source: isOneOf(['relation', 'answer', 'form']),
        isAsked: isOptional(isBoolean),
      }),
    ),
    cells: isArrayOf(
      isShape<EvidenceCell>({
        ...place,
        id: isCount,
        kind: isOneOf<EvidenceKind>(['evidence', 'relation', 'paperAnswer']),
        isPinned: isBoolean,
        isUnanswered: isOptional(isBoolean),
        topic: isString,
        text: isString,
        value: isOptional(isString),
        isProposed: isOptional(isBoolean),
        note: isString,
        probability: isProbability,
        isDenied: isBoolean,
        isSpeculative: isBoolean,
      }),
    ),
  }),
};

/** Fills in a question and asks it. An empty question only focuses the input box. */
export const askEvent: EventType<string> = { name: 'askThis', isValue: isString };
