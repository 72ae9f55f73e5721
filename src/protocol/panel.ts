/**
 * The content of the side panel as plain data, which the host makes and the panel draws. Offsets refer to the shown
 * text.
 */
import type { EntityType, QuestionKind, RelationType, Span, Stance, Verdict } from '../core/types';

/**
 * The documents that the panel covers: the active document, all open documents, the indexed folder, or what of the folder
 * belongs to the records that its review includes.
 */
export type PanelScope = 'document' | 'open' | 'folder' | 'included';

export const panelScopes: readonly PanelScope[] = ['document', 'open', 'folder', 'included'];

/** The scopes that are read from the index of the folder. */
export function isFolderScope(scope: PanelScope): scope is 'folder' | 'included' {
  return scope === 'folder' || scope === 'included';
}

/** The meaning of a mark in a sentence. */
export type MarkRole = 'subject' | 'object' | 'cue' | 'answer';

export interface TextMark extends Span {
  readonly role: MarkRole;
}

/** A sentence as it is shown, with marks on its important words. Marks are sorted and do not overlap. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly TextMark[];
}

/** The place of a row as it is shown. The host finds the exact place by the id of the row. */
export interface PlaceName {
  /** Identifies the publication: rows of one publication share it. A document that names none is one publication. */
  readonly document: string;
  /** `Kaplan 2019, Title`, or the short name of the document, unique in the list. */
  readonly name: string;
  /** Short name of the document if `name` is that of a publication in it. */
  readonly file?: string | undefined;
  /** Line number from 1; 0 if it is not known. */
  readonly line: number;
}

/** Another place with the same, which the panel can show. */
export interface OtherPlace extends PlaceName {
  /** Id among the rows of its kind. */
  readonly id: number;
}

export interface NamedEntity {
  /** The name as the document spells it. */
  readonly name: string;
  readonly type: EntityType;
  /** Groups the rows. It is equal for all names of one concept, and for two variants of a name that is not linked. */
  readonly key: string;
  /** The concept with its preferred name. Undefined if the name is not linked. */
  readonly concept?: NamedConcept | undefined;
}

export interface NamedConcept {
  readonly id: string;
  readonly name: string;
  /** The species of a gene of another species than the human one. */
  readonly species?: string | undefined;
}

/** The decision that a person made about a row. */
export type Curated = 'accepted' | 'changed' | 'added';

export interface RelationRow extends PlaceName {
  readonly id: number;
  /** The year of the publication. Undefined if it is not known. */
  readonly year?: number | undefined;
  /** Whether the document is a draft or note of the user and no publication. Default: false. */
  readonly isDraft?: boolean | undefined;
  readonly type: RelationType;
  readonly subject: NamedEntity;
  readonly object: NamedEntity;
  readonly probability: number;
  /** Whether the relation is so uncertain that the list hides it at first. Default: false. */
  readonly isTentative?: boolean | undefined;
  /** The words that deny the relation. Undefined if it is not denied. */
  readonly negated?: string | undefined;
  /** The words that make the relation speculative. Undefined if it is stated as a fact. */
  readonly speculated?: string | undefined;
  readonly evidence: MarkedText;
  /** The same sentence in copies of the paper. They are not listed and not counted. Default: none. */
  readonly copies?: readonly OtherPlace[] | undefined;
  readonly curated?: Curated | undefined;
  readonly isPinned: boolean;
}

/** An answer with the sentence that supports it. */
export interface AnswerRow extends PlaceName {
  readonly id: number;
  readonly answer: string;
  /** Other names of the same concept in the passages. */
  readonly otherNames: readonly string[];
  readonly probability: number;
  readonly sentence: MarkedText;
  /** Other places with the same answer. */
  readonly alsoIn: readonly OtherPlace[];
  readonly isPinned: boolean;
}

/** A sentence that supports or contradicts what a yes-no question asks. */
export interface StanceRow extends PlaceName {
  readonly id: number;
  readonly stance: Stance;
  readonly probability: number;
  readonly sentence: MarkedText;
  readonly isPinned: boolean;
}

export interface VerdictView extends Omit<Verdict, 'sentences'> {
  /** Number of papers on each side, without drafts and notes of the user. */
  readonly papers: Verdict['papers'];
  /** Number of drafts and notes on each side. */
  readonly drafts: Verdict['papers'];
  /** Most probable first. */
  readonly sentences: readonly StanceRow[];
}

/** The ranking of the answers, which is updated while passages are read. */
export interface AskProgress {
  /** Number of passages that have been read. */
  readonly read: number;
  /** Number of passages to read. */
  readonly total: number;
  readonly answers: readonly AnswerRow[];
}

export interface AskResult extends AskProgress {
  readonly kind: QuestionKind;
  readonly verdict?: VerdictView | undefined;
  /** Probability that no passage answers the question. Undefined if the model does not predict it. */
  readonly noAnswer?: number | undefined;
  /** A sentence about what the model cannot do for this question. Undefined if the model has no such limit. */
  readonly note?: string | undefined;
  /** The papers and other documents that were searched, in words: `220 papers · 1 other document`. */
  readonly papers: string;
  /** Name of the model that read the passages. */
  readonly model: string;
  /** Name and hash of that model. */
  readonly modelIdentity: string;
}

/** Actions of the host that a notice in the panel can offer as a button. */
export const panelActions = [
  'tag',
  'find',
  'openFile',
  'openSample',
  'openFolder',
  'index',
  'openReview',
  'addRelation',
  'showLog',
  'toText',
] as const;

export type PanelAction = (typeof panelActions)[number];

export interface NoticeAction {
  readonly id: PanelAction;
  readonly label: string;
}

/** Explains an empty list or a problem, with a button for the next step. */
export interface PanelNotice {
  readonly kind: 'empty' | 'problem';
  readonly message: string;
  readonly action?: NoticeAction | undefined;
  /** Another way to go on, which is less prominent. */
  readonly alternative?: NoticeAction | undefined;
}

/** The progress of long work. */
export interface PanelWork {
  readonly label: string;
  /** Completed fraction in [0, 1]. Undefined if it is not known. */
  readonly fraction?: number | undefined;
}

export interface PanelState {
  readonly scope: PanelScope;
  /** The scopes that can be chosen: `included` only if the folder has a review. */
  readonly scopes: readonly PanelScope[];
  /** Whether answers, list and graph leave out drafts and notes. */
  readonly recordsOnly: boolean;
  /** Describes the scope: `review.md`, `3 documents`, `220 papers · up to date`. */
  readonly summary: string;
  /** Name and hash of the model that found the listed relations. */
  readonly model?: string | undefined;
  readonly relationsWork?: PanelWork | undefined;
  readonly relationsNotice?: PanelNotice | undefined;
  readonly indexWork?: PanelWork | undefined;
  /** The progress of the questions that are asked of every paper. */
  readonly columnsWork?: PanelWork | undefined;
  /** Earlier questions, latest first. */
  readonly history: readonly string[];
}

/** Some rows of the list of relations. A long list is sent in several parts. */
export interface RelationRowsPart {
  /** Number of the list. The panel drops parts of a list that is older than the latest. */
  readonly list: number;
  /** The scope that the list covers. */
  readonly scope: PanelScope;
  readonly isFirst: boolean;
  /** True for the last part, after which the new list replaces the one on display. */
  readonly isLast: boolean;
  readonly rows: readonly RelationRow[];
}

/** Tells what a cell of the evidence table is: pinned, a relation of the list, or the answer of a paper to a question. */
export type EvidenceKind = 'evidence' | 'relation' | 'paperAnswer';

/** The kind of row from which a cell of the evidence table was pinned; `form` is a column of the extraction form. */
export type EvidenceSource = 'relation' | 'answer' | 'form';

export interface EvidenceCell extends PlaceName {
  /** Id of the cell among those of its kind; of a relation, the id of its row. */
  readonly id: number;
  readonly kind: EvidenceKind;
  /** False for a relation in the list or an answer of a paper that belongs to a column of the table but is not pinned. */
  readonly isPinned: boolean;
  /** Whether a question was asked of the paper and it has no answer. The text is empty. Default: false. */
  readonly isUnanswered?: boolean | undefined;
  /** Id of the column, an `EvidenceTopic`. */
  readonly topic: string;
  readonly text: string;
  /** The value, in a column of the extraction form. Undefined in other columns. */
  readonly value?: string | undefined;
  /** Whether a model proposed the value and no person has confirmed it. */
  readonly isProposed?: boolean | undefined;
  readonly note: string;
  readonly probability: number;
  readonly isDenied: boolean;
  readonly isSpeculative: boolean;
}

export interface EvidenceTopic {
  readonly id: string;
  /** `tamoxifen – breast cancer`, the question, or the label of a column of the form. */
  readonly label: string;
  /** Identifiers of the two concepts: `MESH:D013629 – MESH:D001943`. Undefined if neither name is linked. */
  readonly ids?: string | undefined;
  readonly source: EvidenceSource;
  /** Whether it is a question that is asked of every paper. Default: false. */
  readonly isAsked?: boolean | undefined;
}

export interface EvidenceView {
  readonly topics: readonly EvidenceTopic[];
  readonly cells: readonly EvidenceCell[];
}
