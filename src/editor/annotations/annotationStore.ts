import * as vscode from 'vscode';
import type { Entity } from '../../core/types';
import type { ModelInfo, TagResult } from '../../protocol/engine';
import type { Edit } from '../../core/text/edits';
import { entityAt } from './find';
import {
  addEarly,
  applyEdits,
  moveEntities,
  noMarks,
  rebaseAnswer,
  replaceCovered,
  type Marks,
} from './marks';
import { contains } from './spans';
import { toEdits, toOffset } from '../convert';
import { Disposable, type DisposableLike } from '../dispose';

/** What is known of one open document. A value: a later state is another object. */
export interface DocumentAnnotations extends Marks {
  readonly document: vscode.TextDocument;
  /** The version of the document that all offsets count in. */
  readonly version: number;
  /** The model that found them; undefined while only early results are here. */
  readonly model: ModelInfo | undefined;
}

export interface AnnotationsChange {
  readonly document: vscode.TextDocument;
  /**
   * `edit`: offsets moved with the text, and mentions inside the edit went. `answer`: the engine found something.
   * `clear`: nothing is known of the document any more, or it was closed.
   */
  readonly cause: 'edit' | 'answer' | 'clear';
}

/** Follows the edits of one document while an answer is on its way, so that the answer lands where the text went. */
export interface Pending extends DisposableLike {
  /** False once the document was closed or cleared: the answer has no place to go. */
  readonly isWanted: boolean;
  /** Shows mentions ahead of their answer, where nothing is known yet. */
  addEarly(entities: readonly Entity[]): void;
  /** Takes the answer in, moved by the edits since {@link AnnotationStore.expect}. */
  accept(result: TagResult): void;
}

interface Entry {
  current: DocumentAnnotations;
  readonly pending: Set<PendingAnswer>;
}

/**
 * The one place that knows the mentions of open documents. Decorations, hover, status item and the entities view
 * read it and listen. Edits move everything at once; a document's entry ends when it is closed or cleared.
 * Mentions are kept whatever types are shown: hiding a type is the reader's affair (`Settings.isShown`).
 */
export class AnnotationStore extends Disposable {
  private readonly entries = new Map<vscode.TextDocument, Entry>();
  private readonly changed = this._register(new vscode.EventEmitter<AnnotationsChange>());
  /** Fires at each key while a tagged document is edited: listeners with work to do wait for a pause. */
  readonly onDidChange = this.changed.event;

  constructor() {
    super();
    this._register(vscode.workspace.onDidChangeTextDocument((event) => this.follow(event)));
    this._register(vscode.workspace.onDidCloseTextDocument((document) => this.clear(document)));
  }

  /** @returns undefined for a document that nothing was asked about. */
  get(document: vscode.TextDocument): DocumentAnnotations | undefined {
    return this.entries.get(document)?.current;
  }

  getByUri(uri: vscode.Uri): DocumentAnnotations | undefined {
    const key = uri.toString();
    return this.all().find(({ document }) => document.uri.toString() === key);
  }

  /** Of every document that something is known of, in the order in which they were tagged first. */
  all(): readonly DocumentAnnotations[] {
    return [...this.entries.values()].map(({ current }) => current);
  }

  /** The mention at a position, or at its border. */
  entityAt(document: vscode.TextDocument, position: vscode.Position): Entity | undefined {
    const entities = this.get(document)?.entities;
    return entities && entityAt(entities, toOffset(document, position));
  }

  /** True where the text was asked about and has not been edited since. */
  isCurrentAt(document: vscode.TextDocument, offset: number): boolean {
    const annotations = this.get(document);
    if (!annotations) return false;
    const here = { start: offset, end: offset };
    return contains(annotations.covered, here) && !contains(annotations.stale, here);
  }

  /** Called before the text is sent to the engine. Dispose of it when the answer has come or will not. */
  expect(document: vscode.TextDocument): Pending {
    const entry = this.entries.get(document) ?? { current: empty(document), pending: new Set() };
    this.entries.set(document, entry);
    const pending: PendingAnswer = new PendingAnswer(
      () => this.entries.get(document) === entry && entry.pending.has(pending),
      (change) => this.update(document, change),
      () => this.drop(document, entry, pending),
    );
    entry.pending.add(pending);
    return pending;
  }

  /** Forgets a document; answers on their way to it are not wanted any more. */
  clear(document: vscode.TextDocument): void {
    if (this.entries.delete(document)) this.changed.fire({ document, cause: 'clear' });
  }

  clearAll(): void {
    for (const document of [...this.entries.keys()]) this.clear(document);
  }

  private drop(document: vscode.TextDocument, entry: Entry, pending: PendingAnswer): void {
    entry.pending.delete(pending);
    // A request that was cancelled before anything came leaves no empty entry behind.
    const { entities, covered } = entry.current;
    const isUseless = entry.pending.size === 0 && entities.length === 0 && covered.length === 0;
    if (isUseless && this.entries.get(document) === entry) this.entries.delete(document);
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const entry = this.entries.get(document);
    if (!entry || contentChanges.length === 0) return;
    const edits = toEdits(contentChanges);
    for (const pending of entry.pending) pending.edits.push(...edits);
    entry.current = { ...entry.current, ...applyEdits(entry.current, edits), version: document.version };
    this.changed.fire({ document, cause: 'edit' });
  }

  private update(
    document: vscode.TextDocument,
    change: (marks: DocumentAnnotations) => DocumentAnnotations,
  ): void {
    const entry = this.entries.get(document);
    if (!entry) return;
    const next = change(entry.current);
    if (next === entry.current) return;
    entry.current = next;
    this.changed.fire({ document, cause: 'answer' });
  }
}

class PendingAnswer implements Pending {
  readonly edits: Edit[] = [];

  constructor(
    private readonly isExpected: () => boolean,
    private readonly update: (change: (annotations: DocumentAnnotations) => DocumentAnnotations) => void,
    private readonly end: () => void,
  ) {}

  get isWanted(): boolean {
    return this.isExpected();
  }

  addEarly(entities: readonly Entity[]): void {
    if (!this.isWanted || entities.length === 0) return;
    const moved = this.edits.reduce(moveEntities, entities);
    this.update((annotations) => {
      const marks = addEarly(annotations, moved);
      return marks === annotations ? annotations : { ...annotations, ...marks };
    });
  }

  accept(result: TagResult): void {
    if (!this.isWanted) return;
    const answer = rebaseAnswer(result, this.edits);
    this.update((annotations) => ({
      ...annotations,
      ...replaceCovered(annotations, answer),
      model: result.model,
    }));
  }

  dispose(): void {
    this.end();
  }
}

function empty(document: vscode.TextDocument): DocumentAnnotations {
  return { document, version: document.version, model: undefined, ...noMarks };
}
