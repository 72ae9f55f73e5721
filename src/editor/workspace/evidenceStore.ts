import * as vscode from 'vscode';
import {
  evidenceKey,
  readEvidence,
  sortEvidence,
  topicKey,
  topicLabel,
  writeEvidence,
  type Evidence,
} from '../../core/formats/evidence';
import type { EvidenceView } from '../../protocol/panel';
import { Disposable } from '../dispose';
import type { Logger } from '../log';
import { shortNames } from '../documents/shortNames';
import { WorkspaceFile } from './workspaceFile';
import { WorkspaceValue, type FileFormat } from './workspaceValue';

const format: FileFormat<readonly Evidence[], readonly unknown[]> = {
  empty: [],
  what: 'evidence',
  read: (text) => {
    const read = readEvidence(text);
    return read && { value: read.evidence, unread: read.unread, unreadCount: read.unread.length };
  },
  write: writeEvidence,
};

/** The reader's evidence table: in a file of the workspace, and here while the panel shows it. */
export class EvidenceStore extends Disposable {
  private readonly kept: WorkspaceValue<readonly Evidence[], readonly unknown[]>;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly ids = new Map<string, number>();
  private keys: ReadonlySet<string> = new Set();

  constructor(log: Logger) {
    super();
    const file = this._register(new WorkspaceFile('evidence.json'));
    this.kept = this._register(new WorkspaceValue(file, format, log));
    this._register(
      this.kept.onDidChange(() => {
        this.keys = new Set(this.all.map(evidenceKey));
        this.changed.fire();
      }),
    );
  }

  load(): Promise<void> {
    return this.kept.load();
  }

  get all(): readonly Evidence[] {
    return this.kept.value;
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

  drop(evidence: Evidence): Promise<void> {
    const key = evidenceKey(evidence);
    return this.change((all) => all.filter((each) => evidenceKey(each) !== key));
  }

  note(id: number, note: string): Promise<void> {
    return this.change((all) =>
      all.map((each) => (this.idOf(each) === id ? { ...each, note: note.trim() } : each)),
    );
  }

  /** Keys of the columns that are about pairs. */
  get pairs(): ReadonlySet<string> {
    const pairs = this.all.filter(({ topic }) => topic.kind === 'pair');
    return new Set(pairs.map(({ topic }) => topicKey(topic)));
  }

  /** @param open What belongs into a column and is not pinned. */
  view(open: readonly { readonly id: number; readonly evidence: Evidence }[]): EvidenceView {
    const pinned = this.all.map((evidence) => ({ id: this.idOf(evidence), evidence, isPinned: true }));
    const all = [...pinned, ...open.map((each) => ({ ...each, isPinned: false }))];
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
        document: evidence.document,
        name: names.get(evidence.document) ?? evidence.document,
        line: evidence.line,
        text: evidence.answer === undefined ? evidence.sentence : `${evidence.answer}: ${evidence.sentence}`,
        note: evidence.note,
        probability: evidence.probability,
        isDenied: evidence.isDenied,
      })),
    };
  }

  private change(make: (all: readonly Evidence[]) => readonly Evidence[]): Promise<void> {
    return this.kept.change((all) => sortEvidence(make(all)));
  }

  private idOf(evidence: Evidence): number {
    const key = evidenceKey(evidence);
    const id = this.ids.get(key) ?? this.ids.size + 1;
    this.ids.set(key, id);
    return id;
  }
}
