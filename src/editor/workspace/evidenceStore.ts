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
import type { EvidenceView } from '../../protocol/panel';
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

/**
 * The table of evidence, in `.biobert/evidence.json`. The file is read when the panel is shown. The columns of the
 * extraction form are in the file of the review.
 */
export class EvidenceStore extends Disposable {
  private readonly file: WorkspaceValue<readonly Evidence[], readonly unknown[]>;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly ids = new Map<string, number>();
  private pinned = entryMatcher([]);
  private topics: TopicColumns = topicColumns([]);
  /** The extraction form. Its columns are shown even if they are empty. */
  readonly form: ReviewForm;

  constructor(log: Logger) {
    super();
    this.form = this._register(new ReviewForm(log));
    const file = this._register(new WorkspaceFile('evidence.json'));
    this.file = this._register(new WorkspaceValue({ file, format: evidenceFormat, log }));
    this._register(offerRestore(this.file, file, log));
    const update = (): void => {
      this.topics = topicColumns(
        this.all.map(({ topic }) => topic),
        this.form.columns,
      );
      this.changed.fire();
    };
    this._register(
      this.file.onDidChange(() => {
        this.pinned = entryMatcher(this.all);
        update();
      }),
    );
    this._register(this.form.onDidChange(update));
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
   * @param unpinned Further sentences that belong to a column of the table.
   */
  view(
    unpinned: readonly { readonly id: number; readonly evidence: Evidence }[],
    nameOf: (evidence: Evidence) => string | undefined,
  ): EvidenceView {
    const pinned = this.all.map((evidence) => ({ id: this.idOf(evidence), evidence, isPinned: true }));
    const all = [...pinned, ...unpinned.map((each) => ({ ...each, isPinned: false }))];
    const names = shortNames([...new Set(all.map(({ evidence }) => evidence.document))]);
    const { columns, keyOf } = this.topics;
    return {
      topics: columns.map(({ key, topic }) => {
        const ids = topicIds(topic);
        const source = sourceOf[topic.kind];
        return { id: key, label: topicLabel(topic), ...(ids !== '' && { ids }), source };
      }),
      cells: all.map(({ id, evidence, isPinned }) => ({
        id,
        isPinned,
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

  private change(update: (all: readonly Evidence[]) => readonly Evidence[]): Promise<void> {
    return this.file.change((all) => sortEvidence(update(all)));
  }

  private idOf(evidence: Evidence): number {
    const key = evidenceKey(evidence);
    const id = this.ids.get(key) ?? this.ids.size + 1;
    this.ids.set(key, id);
    return id;
  }
}

const sourceOf = { pair: 'relation', question: 'answer', form: 'form' } as const;

/** The texts of a cell. A value of the form stands by itself, because it can be edited. */
function texts({ topic, answer, sentence, isProposed = false }: Evidence) {
  if (topic.kind === 'form') return { text: sentence, value: answer ?? '', isProposed };
  return { text: answer === undefined ? sentence : `${answer}: ${sentence}` };
}
