import * as vscode from 'vscode';
import {
  entryMatcher,
  evidenceKey,
  readEvidence,
  sortEvidence,
  writeEvidence,
  type Evidence,
} from '../../core/curation/evidenceFile';
import {
  topicColumns,
  topicIds,
  topicLabel,
  type EvidenceTopic,
  type TopicColumns,
} from '../../core/curation/evidenceTopics';
import { mergeEvidence } from '../../core/curation/merge';
import type { EvidenceKind, EvidenceView } from '../../protocol/panel';
import { Disposable } from '../dispose';
import type { Logger } from '../log';
import { placeName } from '../documents/placeName';
import { shortNames } from '../documents/shortNames';
import { offerRestore } from './restoreOffer';
import { ReviewForm } from './reviewForm';
import { WorkspaceFile } from './workspaceFile';
import { WorkspaceValue, type FileFormat } from './workspaceValue';

export const evidenceFormat: FileFormat<readonly Evidence[], readonly unknown[]> = {
  empty: [],
  name: 'evidence',
  read: (text) => {
    const read = readEvidence(text);
    return read && { value: read.evidence, unread: read.unread, unreadCount: read.unread.length };
  },
  write: writeEvidence,
  count: (evidence) => evidence.length,
  merge: mergeEvidence,
};

/** A cell of the table that is not pinned. */
export interface UnpinnedCell {
  readonly id: number;
  readonly kind: Exclude<EvidenceKind, 'evidence'>;
  readonly evidence: Evidence;
  /** Whether the paper has no answer. Default: false. */
  readonly isUnanswered?: boolean | undefined;
}

/**
 * The table of evidence, in `.biobert/evidence.json`. The file is read when the panel is shown. The columns of the
 * extraction form are in the file of the review.
 */
export class EvidenceStore extends Disposable {
  private readonly file: WorkspaceValue<readonly Evidence[], readonly unknown[]>;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly idOf = numbered(evidenceKey);
  private pinned = entryMatcher([]);
  private topics: TopicColumns = topicColumns([]);
  /** The extraction form. Its columns are shown even if they are empty. */
  readonly form: ReviewForm;

  /** @param asked Returns the questions that have a column even without a pinned entry, in the order of their columns. */
  constructor(
    log: Logger,
    private readonly asked: () => readonly string[] = () => [],
  ) {
    super();
    this.form = this._register(new ReviewForm(log));
    const file = this._register(new WorkspaceFile('evidence.json'));
    this.file = this._register(new WorkspaceValue({ file, format: evidenceFormat, log }));
    this._register(offerRestore(this.file, file, log));
    this._register(
      this.file.onDidChange(() => {
        this.pinned = entryMatcher(this.all);
        this.update();
      }),
    );
    this._register(this.form.onDidChange(() => this.update()));
  }

  async load(): Promise<void> {
    await Promise.all([this.file.load(), this.form.load()]);
  }

  get all(): readonly Evidence[] {
    return this.file.value;
  }

  /**
   * Whether the entry is pinned. Names of the same concepts are the same; so are the names of an entry that was pinned
   * before they were linked.
   */
  has(evidence: Evidence): boolean {
    return this.pinned(evidence);
  }

  get(id: number): Evidence | undefined {
    return this.all.find((each) => this.idOf(each) === id);
  }

  pin(evidence: Evidence): Promise<void> {
    return this.change((all) => (this.has(evidence) ? all : [...all, evidence]));
  }

  unpin(evidence: Evidence): Promise<void> {
    const isSame = entryMatcher([evidence]);
    return this.change((all) => all.filter((each) => !isSame(each)));
  }

  /** Changes an entry. Nothing happens if it is gone. */
  edit(id: number, change: (evidence: Evidence) => Evidence): Promise<void> {
    return this.change((all) => all.map((each) => (this.idOf(each) === id ? change(each) : each)));
  }

  /** Whether the table has a column that is about relations between two names. */
  get hasPairs(): boolean {
    return this.topics.columns.some(({ topic }) => topic.kind === 'pair');
  }

  /** Whether the table has a column for a topic. */
  hasColumn(topic: EvidenceTopic): boolean {
    const key = this.topics.keyOf(topic);
    return this.topics.columns.some((column) => column.key === key);
  }

  /**
   * Returns the table as the panel shows it.
   *
   * @param unpinned Further cells that belong to a column of the table.
   */
  view(unpinned: readonly UnpinnedCell[], nameOf: (evidence: Evidence) => string | undefined): EvidenceView {
    const pinned = this.all.map((evidence) => ({
      id: this.idOf(evidence),
      kind: 'evidence' as const,
      evidence,
      isUnanswered: false,
    }));
    const all: readonly (UnpinnedCell | (typeof pinned)[number])[] = [...pinned, ...unpinned];
    const names = shortNames([...new Set(all.map(({ evidence }) => evidence.document))]);
    const { columns, keyOf } = this.topics;
    const asked = new Set(this.asked().map((question) => keyOf({ kind: 'question', question })));
    return {
      topics: columns.map(({ key, topic }) => {
        const ids = topicIds(topic);
        const source = sourceOf[topic.kind];
        const isAsked = asked.has(key);
        return {
          ...{ id: key, label: topicLabel(topic), source },
          ...(ids !== '' && { ids }),
          ...(isAsked && { isAsked }),
        };
      }),
      cells: all.map(({ id, kind, evidence, isUnanswered }) => ({
        id,
        kind,
        isPinned: kind === 'evidence',
        ...(isUnanswered === true && { isUnanswered }),
        topic: keyOf(evidence.topic),
        ...placeName({
          document: evidence.document,
          file: names.get(evidence.document) ?? evidence.document,
          line: evidence.line,
          publication: nameOf(evidence),
        }),
        ...texts(evidence),
        note: evidence.note,
        probability: evidence.probability,
        isDenied: evidence.isDenied,
        isSpeculative: evidence.isSpeculative,
      })),
    };
  }

  /** Makes the columns anew. Call it when other questions have a column. */
  update(): void {
    const asked = this.asked().map((question) => ({ kind: 'question' as const, question }));
    this.topics = topicColumns([...this.all.map(({ topic }) => topic), ...asked], this.form.columns);
    this.changed.fire();
  }

  private change(update: (all: readonly Evidence[]) => readonly Evidence[]): Promise<void> {
    return this.file.change((all) => sortEvidence(update(all)));
  }
}

const sourceOf = { pair: 'relation', question: 'answer', form: 'form' } as const;

/** The texts of a cell. A value of the form stands by itself, because it can be edited. */
function texts({ topic, answer, sentence, isProposed = false }: Evidence) {
  if (topic.kind === 'form') return { text: sentence, value: answer ?? '', isProposed };
  return { text: answer === undefined ? sentence : `${answer}: ${sentence}` };
}

/** Returns a function that gives equal numbers to values with equal keys, counted from 1. */
function numbered<Value>(keyOf: (value: Value) => string): (value: Value) => number {
  const ids = new Map<string, number>();
  return (value) => {
    const key = keyOf(value);
    const id = ids.get(key) ?? ids.size + 1;
    ids.set(key, id);
    return id;
  };
}
