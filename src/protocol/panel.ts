/** What the side panel shows, as plain data: the host makes it, the panel draws it. Offsets in it are of the shown text. */
import type { EntityType, QuestionKind, RelationType, Span } from '../core/types';

/** What is asked about: the document that is read, all that are open, or the indexed folder. */
export type PanelScope = 'document' | 'open' | 'folder';

export const panelScopes: readonly PanelScope[] = ['document', 'open', 'folder'];

/** What a mark in a sentence stands for. */
export type MarkRole = 'subject' | 'object' | 'cue' | 'answer';

export interface TextMark extends Span {
  readonly role: MarkRole;
}

/** A sentence as a reader sees it, with what matters in it. Marks do not overlap and come in order. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly TextMark[];
}

/** Where something stands, in words: the host knows the exact place by the row's id. */
export interface PlaceName {
  /** `uri.toString()` of the document; rows of one document share it. */
  readonly document: string;
  /** Short name of the document, unique among those listed. */
  readonly name: string;
  /** Counted from 1; 0 where it is not known. */
  readonly line: number;
}

export interface NamedEntity {
  readonly name: string;
  readonly type: EntityType;
  /** Equal for two spellings of one name: what rows are grouped by. */
  readonly key: string;
}

/** What a person has said about a row. */
export type Curated = 'accepted' | 'changed' | 'added';

export interface RelationRow extends PlaceName {
  readonly id: number;
  readonly type: RelationType;
  readonly subject: NamedEntity;
  readonly object: NamedEntity;
  readonly probability: number;
  /** The words that deny it. */
  readonly negated?: string | undefined;
  /** The words that make it a supposition. */
  readonly speculated?: string | undefined;
  readonly evidence: MarkedText;
  readonly curated?: Curated | undefined;
  readonly isPinned: boolean;
}

/** An answer, a reason of a verdict, or the same answer elsewhere. */
export interface AnswerRow extends PlaceName {
  readonly id: number;
  readonly answer: string;
  readonly probability: number;
  readonly sentence: MarkedText;
  /** The same answer in other places. */
  readonly alsoIn: readonly (PlaceName & { readonly id: number })[];
  readonly isPinned: boolean;
}

export interface ReasonRow extends PlaceName {
  readonly id: number;
  readonly verdict: 'yes' | 'no' | 'maybe';
  /** Share in the verdict, in [0, 1]. */
  readonly weight: number;
  readonly sentence: MarkedText;
}

export interface VerdictView {
  readonly yes: number;
  readonly no: number;
  readonly maybe: number;
  readonly reasons: readonly ReasonRow[];
}

/** The ranking as it stands while passages are read, and at the end. */
export interface AskProgress {
  /** Passages read so far, and in all. */
  readonly read: number;
  readonly total: number;
  readonly answers: readonly AnswerRow[];
}

export interface AskResult extends AskProgress {
  readonly kind: QuestionKind;
  readonly verdict?: VerdictView | undefined;
  /** Probability that none of the passages answers. Absent: the model cannot say. */
  readonly noAnswer?: number | undefined;
  /** What the model could not do for this question, in words. */
  readonly note?: string | undefined;
  /** Documents that were searched. */
  readonly documents: number;
  /** The model that read them, in words. */
  readonly model: string;
  /** The same with its hash. */
  readonly modelIdentity: string;
}

/** What the panel can ask the host to do where something is missing. */
export const panelActions = [
  'tag',
  'find',
  'openFile',
  'openFolder',
  'index',
  'addRelation',
  'showLog',
  'toText',
] as const;

export type PanelAction = (typeof panelActions)[number];

/** Why there is nothing to see, or what went wrong, and the button that goes on. */
export interface PanelNotice {
  readonly kind: 'empty' | 'problem';
  readonly message: string;
  readonly action?: { readonly id: PanelAction; readonly label: string } | undefined;
}

/** Long work, with what there is of it. */
export interface PanelWork {
  readonly label: string;
  /** In [0, 1]; undefined where it is not known. */
  readonly fraction?: number | undefined;
}

export interface PanelState {
  readonly scope: PanelScope;
  /** What the scope holds, in words: `review.md`, `3 documents`, `1,204 passages · up to date`. */
  readonly summary: string;
  /** The model that found what is listed, with its hash. */
  readonly model?: string | undefined;
  readonly relationsWork?: PanelWork | undefined;
  readonly relationsNotice?: PanelNotice | undefined;
  readonly indexWork?: PanelWork | undefined;
  /** Latest first. */
  readonly history: readonly string[];
}

/** Rows of the relations list; a list is sent in parts. */
export interface RelationRowsPart {
  /** Parts of an older list than the latest are dropped. */
  readonly list: number;
  readonly isFirst: boolean;
  /** True for the last part: now the list takes the place of the one on show. */
  readonly isLast: boolean;
  readonly rows: readonly RelationRow[];
}

/** Where evidence comes from: what a cell of the evidence table was pinned from. */
export type EvidenceSource = 'relation' | 'answer';

export interface EvidenceCell extends PlaceName {
  /** Where it is not pinned, of the relation's row. */
  readonly id: number;
  /** False for what is on the list of relations and belongs into a column of the table. */
  readonly isPinned: boolean;
  /** Names its column. */
  readonly topic: string;
  readonly text: string;
  readonly note: string;
  readonly probability: number;
  readonly isDenied: boolean;
}

export interface EvidenceTopic {
  readonly id: string;
  /** `tamoxifen – breast cancer`, or the question. */
  readonly label: string;
  readonly source: EvidenceSource;
}

export interface EvidenceView {
  readonly topics: readonly EvidenceTopic[];
  readonly cells: readonly EvidenceCell[];
}

export const evidenceFormats = ['csv', 'markdown', 'citations'] as const;
export type EvidenceFormat = (typeof evidenceFormats)[number];
