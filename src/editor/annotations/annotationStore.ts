import * as vscode from 'vscode';
import type { Entity } from '../../core/types';
import type { ModelInfo, TagResult, TerminologyInfo } from '../../protocol/engine';
import type { Edit } from '../../core/text/edits';
import { entityAt } from './entityLookup';
import {
  addEarly,
  applyEdits,
  moveEntities,
  noAnnotations,
  rebaseResult,
  replaceCovered,
  type AnnotationState,
} from './annotationState';
import { contains } from './spans';
import { toEdits, toOffset } from '../convert';
import { Disposable, type DisposableLike } from '../dispose';

/** The annotations of one open document. Immutable: each change creates a new object. */
export interface DocumentAnnotations extends AnnotationState {
  readonly document: vscode.TextDocument;
  /** The `TextDocument.version` that all offsets refer to. */
  readonly version: number;
  /** The model that found the entities; undefined while there are only early results. */
  readonly model: ModelInfo | undefined;
  /** The terminology of the latest result; undefined if its mentions were not linked. */
  readonly terminology?: TerminologyInfo | undefined;
}

export interface AnnotationsChange {
  readonly document: vscode.TextDocument;
  /**
   * `edit`: entities were moved or removed by an edit. `result`: the engine found entities. `clear`: the annotations
   * were removed, or the document was closed.
   */
  readonly cause: 'edit' | 'result' | 'clear';
}

/** Records the edits of a document while the engine works on it, so that the result can be moved to the current text. */
export interface PendingResult extends DisposableLike {
  /** False after the document was closed or cleared. The result is then ignored. */
  readonly isWanted: boolean;
  /** Adds entities before the result is complete, in text that has not been tagged. */
  addEarly(entities: readonly Entity[]): void;
  /** Stores the result, moved by the edits since {@link AnnotationStore.expectResult}. */
  accept(result: TagResult): void;
}

interface Entry {
  current: DocumentAnnotations;
  readonly pending: Set<ResultTracker>;
}

/**
 * Stores the entities of open documents. Decorations, hovers, status bar and entities view read it and listen to it.
 * Edits move all entities of a document at once; its entry is removed when the document is closed or cleared. Entities
 * of hidden types are stored too, so that showing a type needs no model; readers filter by `Settings.isShown`.
 */
export class AnnotationStore extends Disposable {
  private readonly entries = new Map<vscode.TextDocument, Entry>();
  private readonly changed = this._register(new vscode.EventEmitter<AnnotationsChange>());
  /** Fires at each key press in a tagged document. Listeners must defer expensive work. */
  readonly onDidChange = this.changed.event;

  constructor() {
    super();
    this._register(vscode.workspace.onDidChangeTextDocument((event) => this.applyChanges(event)));
    this._register(vscode.workspace.onDidCloseTextDocument((document) => this.clear(document)));
  }

  /** @returns undefined for a document that was not tagged. */
  get(document: vscode.TextDocument): DocumentAnnotations | undefined {
    return this.entries.get(document)?.current;
  }

  getByUri(uri: vscode.Uri): DocumentAnnotations | undefined {
    const key = uri.toString();
    return this.all().find(({ document }) => document.uri.toString() === key);
  }

  /** Returns the annotations of all tagged documents, in the order in which they were first tagged. */
  all(): readonly DocumentAnnotations[] {
    return [...this.entries.values()].map(({ current }) => current);
  }

  /** Returns the entity that contains the position or has a border there. */
  entityAt(document: vscode.TextDocument, position: vscode.Position): Entity | undefined {
    const entities = this.get(document)?.entities;
    return entities && entityAt(entities, toOffset(document, position));
  }

  /** True if the text at `offset` was tagged and has not been edited since. */
  isCurrentAt(document: vscode.TextDocument, offset: number): boolean {
    const annotations = this.get(document);
    if (!annotations) return false;
    const here = { start: offset, end: offset };
    return contains(annotations.covered, here) && !contains(annotations.stale, here);
  }

  /** Called before a text is sent to the engine. The caller disposes the object when the request has ended. */
  expectResult(document: vscode.TextDocument): PendingResult {
    const entry = this.entries.get(document) ?? { current: empty(document), pending: new Set() };
    this.entries.set(document, entry);
    const pending: ResultTracker = new ResultTracker(
      () => this.entries.get(document) === entry && entry.pending.has(pending),
      (change) => this.update(document, change),
      () => this.endTracking(document, entry, pending),
    );
    entry.pending.add(pending);
    return pending;
  }

  /** Removes the annotations of a document. Results of current requests will be ignored. */
  clear(document: vscode.TextDocument): void {
    if (this.entries.delete(document)) this.changed.fire({ document, cause: 'clear' });
  }

  clearAll(): void {
    for (const document of [...this.entries.keys()]) this.clear(document);
  }

  private endTracking(document: vscode.TextDocument, entry: Entry, pending: ResultTracker): void {
    entry.pending.delete(pending);
    // A request that was cancelled before the first result must not leave an empty entry.
    const { entities, covered } = entry.current;
    const isEmpty = entry.pending.size === 0 && entities.length === 0 && covered.length === 0;
    if (isEmpty && this.entries.get(document) === entry) this.entries.delete(document);
  }

  private applyChanges({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
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
    this.changed.fire({ document, cause: 'result' });
  }
}

class ResultTracker implements PendingResult {
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
    const answer = rebaseResult(result, this.edits);
    this.update((annotations) => ({
      ...annotations,
      ...replaceCovered(annotations, answer),
      model: result.model,
      terminology: result.terminology,
    }));
  }

  dispose(): void {
    this.end();
  }
}

function empty(document: vscode.TextDocument): DocumentAnnotations {
  return { document, version: document.version, model: undefined, ...noAnnotations };
}
