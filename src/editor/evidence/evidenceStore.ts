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
import { logFailure, type Logger } from '../log';
import { shortNames } from '../panel/shortNames';
import { WorkspaceFile } from './workspaceFile';

/** The reader's evidence table: in a file of the workspace, and here while the panel shows it. */
export class EvidenceStore extends Disposable {
  private readonly file = this._register(new WorkspaceFile('evidence.json'));
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly ids = new Map<string, number>();
  private cells: readonly Evidence[] = [];
  private keys: ReadonlySet<string> = new Set();
  private loaded: Promise<void> | undefined;
  /** Changes follow one another: two at once would lose one. */
  private last: Promise<void> = Promise.resolve();
  private isForeign = false;

  constructor(private readonly log: Logger) {
    super();
    this._register(
      this.file.onDidChange(() => {
        this.loaded = undefined;
        logFailure(this.load(), log, 'reading the evidence');
      }),
    );
  }

  load(): Promise<void> {
    return (this.loaded ??= this.read());
  }

  get all(): readonly Evidence[] {
    return this.cells;
  }

  has(evidence: Evidence): boolean {
    return this.keys.has(evidenceKey(evidence));
  }

  get(id: number): Evidence | undefined {
    return this.cells.find((each) => this.idOf(each) === id);
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
    const pairs = this.cells.filter(({ topic }) => topic.kind === 'pair');
    return new Set(pairs.map(({ topic }) => topicKey(topic)));
  }

  /** @param open What belongs into a column and is not pinned. */
  view(open: readonly { readonly id: number; readonly evidence: Evidence }[]): EvidenceView {
    const pinned = this.cells.map((evidence) => ({ id: this.idOf(evidence), evidence, isPinned: true }));
    const all = [...pinned, ...open.map((each) => ({ ...each, isPinned: false }))];
    const names = shortNames([...new Set(all.map(({ evidence }) => evidence.document))]);
    const topics = new Map(this.cells.map(({ topic }) => [topicKey(topic), topic]));
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
    const done = this.last.then(async () => {
      await this.load();
      if (this.isForeign) this.file.refuse();
      const next = sortEvidence(make(this.cells));
      await this.file.write(writeEvidence(next));
      this.take(next);
    });
    this.last = done.catch(() => undefined);
    return done;
  }

  private async read(): Promise<void> {
    const text = await this.file.read();
    if (text !== undefined && text === this.file.written) return;
    const read = text === undefined ? { evidence: [], damaged: 0 } : readEvidence(text);
    this.isForeign = read === undefined;
    if (!read) this.log.warn('The evidence file is none that can be read.');
    else if (read.damaged > 0) this.log.warn(`${read.damaged} entries of the evidence file are damaged.`);
    this.take(read?.evidence ?? []);
  }

  private take(evidence: readonly Evidence[]): void {
    this.cells = evidence;
    this.keys = new Set(evidence.map(evidenceKey));
    this.changed.fire();
  }

  private idOf(evidence: Evidence): number {
    const key = evidenceKey(evidence);
    const id = this.ids.get(key) ?? this.ids.size + 1;
    this.ids.set(key, id);
    return id;
  }
}
