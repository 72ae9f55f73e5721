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
import { withValue } from '../../core/curation/formValues';
import { mergeEvidence } from '../../core/curation/merge';
import { readForm } from '../../core/review/settings';
import type { FormColumn } from '../../core/review/types';
import type { EvidenceView } from '../../protocol/panel';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import { placeName } from '../documents/placeName';
import { shortNames } from '../documents/shortNames';
import { offerRestore } from './restoreOffer';
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
  private columnKeys: ReadonlySet<string> = new Set();
  private readonly formFile = this._register(new WorkspaceFile('review.json'));
  private formColumns: readonly FormColumn[] = [];

  constructor(log: Logger) {
    super();
    const file = this._register(new WorkspaceFile('evidence.json'));
    this.file = this._register(new WorkspaceValue({ file, format: evidenceFormat, log }));
    this._register(offerRestore(this.file, file, log));
    this._register(
      this.file.onDidChange(() => {
        this.pinned = entryMatcher(this.all);
        this.update();
      }),
    );
    this._register(
      this.formFile.onDidChange(() => logFailure(this.loadForm(), log, 'reading the extraction form')),
    );
  }

  async load(): Promise<void> {
    await Promise.all([this.file.load(), this.loadForm()]);
  }

  private async loadForm(): Promise<void> {
    const form = readForm((await this.formFile.read()) ?? '');
    if (JSON.stringify(form) === JSON.stringify(this.formColumns)) return;
    this.formColumns = form;
    this.update();
  }

  private update(): void {
    this.topics = topicColumns(
      this.all.map(({ topic }) => topic),
      this.form,
    );
    this.columnKeys = new Set(this.topics.columns.map(({ key }) => key));
    this.changed.fire();
  }

  /** The columns of the extraction form. */
  get form(): readonly FormColumn[] {
    return this.formColumns;
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

  note(id: number, note: string): Promise<void> {
    return this.change((all) =>
      all.map((each) => (this.idOf(each) === id ? { ...each, note: note.trim() } : each)),
    );
  }

  /** Confirms a value of the form. @param value Another value replaces it; an empty one does not. */
  setValue(id: number, value: string): Promise<void> {
    return this.change((all) => all.map((each) => (this.idOf(each) === id ? withValue(each, value) : each)));
  }

  /** Whether the table has a column that is about relations between two names. */
  get hasPairs(): boolean {
    return this.topics.columns.some(({ topic }) => topic.kind === 'pair');
  }

  /** Whether the table has a column for a topic. */
  hasColumn(topic: EvidenceTopic): boolean {
    return this.columnKeys.has(this.topics.keyOf(topic));
  }

  /**
   * Returns the table as the panel shows it.
   *
   * @param unpinned Further sentences that belong to a column of the table.
   */
  view(unpinned: readonly { readonly id: number; readonly evidence: Evidence }[]): EvidenceView {
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
          publication: evidence.publication,
        }),
        ...texts(evidence),
        note: evidence.note,
        probability: evidence.probability,
        isDenied: evidence.isDenied,
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
