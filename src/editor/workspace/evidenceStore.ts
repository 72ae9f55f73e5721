import * as vscode from 'vscode';
import {
  evidenceKey,
  readEvidence,
  sortEvidence,
  topicKey,
  topicLabel,
  writeEvidence,
  type Evidence,
} from '../../core/curation/evidenceFile';
import { mergeEvidence } from '../../core/curation/merge';
import type { EvidenceView } from '../../protocol/panel';
import { Disposable } from '../dispose';
import type { Logger } from '../log';
import { placeName } from '../documents/placeName';
import { shortNames } from '../documents/shortNames';
import { offerRestore } from './restoreOffer';
import { WorkspaceFile } from './workspaceFile';
import { WorkspaceValue, type FileFormat } from './workspaceValue';

const format: FileFormat<readonly Evidence[], readonly unknown[]> = {
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

/** The table of evidence, in `.biobert/evidence.json`. The file is read when the panel is shown. */
export class EvidenceStore extends Disposable {
  private readonly file: WorkspaceValue<readonly Evidence[], readonly unknown[]>;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly ids = new Map<string, number>();
  private keys: ReadonlySet<string> = new Set();

  constructor(log: Logger) {
    super();
    const file = this._register(new WorkspaceFile('evidence.json'));
    this.file = this._register(new WorkspaceValue({ file, format, log }));
    this._register(offerRestore(this.file, file, log));
    this._register(
      this.file.onDidChange(() => {
        this.keys = new Set(this.all.map(evidenceKey));
        this.changed.fire();
      }),
    );
  }

  load(): Promise<void> {
    return this.file.load();
  }

  get all(): readonly Evidence[] {
    return this.file.value;
  }

  has(evidence: Evidence): boolean {
    return this.keys.has(evidenceKey(evidence));
  }

  get(id: number): Evidence | undefined {
    return this.all.find((each) => this.idOf(each) === id);
  }

  pin(evidence: Evidence): Promise<void> {
    return this.change((all) => (this.has(evidence) ? all : [...all, evidence]));
  }

  unpin(evidence: Evidence): Promise<void> {
    const key = evidenceKey(evidence);
    return this.change((all) => all.filter((each) => evidenceKey(each) !== key));
  }

  note(id: number, note: string): Promise<void> {
    return this.change((all) =>
      all.map((each) => (this.idOf(each) === id ? { ...each, note: note.trim() } : each)),
    );
  }

  /** Keys of the columns that are about relations between two names. */
  get pairTopics(): ReadonlySet<string> {
    const pairs = this.all.filter(({ topic }) => topic.kind === 'pair');
    return new Set(pairs.map(({ topic }) => topicKey(topic)));
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
    const topics = new Map(this.all.map(({ topic }) => [topicKey(topic), topic]));
    return {
      topics: [...topics].map(([id, topic]) => ({
        id,
        label: topicLabel(topic),
        source: topic.kind === 'pair' ? 'relation' : 'answer',
      })),
      cells: all.map(({ id, evidence, isPinned }) => ({
        id,
        isPinned,
        topic: topicKey(evidence.topic),
        ...placeName({
          document: evidence.document,
          file: names.get(evidence.document) ?? evidence.document,
          line: evidence.line,
          publication: evidence.publication,
        }),
        text: evidence.answer === undefined ? evidence.sentence : `${evidence.answer}: ${evidence.sentence}`,
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
