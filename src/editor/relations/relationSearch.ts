import * as vscode from 'vscode';
import { isCancelled, throwIfCancelled } from '../../core/errors';
import type { Entity } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import type { AnnotationStore } from '../annotations/annotationStore';
import { Disposable } from '../dispose';
import { describeError, logFailure, type Logger } from '../log';
import { emptyNotice, problemNotice } from '../notices';
import type { WorkStatus } from '../workStatus';
import { locateRelations } from '../../runtime/folder/locatedRelation';
import type { RelationFinder } from './relationFinder';
import type { RelationList } from './relationList';

export interface RelationSearchParts {
  readonly relationFinder: RelationFinder;
  readonly store: AnnotationStore;
  readonly list: RelationList;
  readonly status: WorkStatus;
  readonly log: Logger;
}

/** The input of the last run on a document. While it is unchanged, the document need not be searched again. */
interface SearchedDocument {
  readonly textDocumentVersion: number;
  readonly entities: readonly Entity[];
  readonly skippedPairs: number;
}

/** Runs the relation finder over documents, one at a time, and puts the results on the list. A new run ends the old one. */
export class RelationSearch extends Disposable {
  private readonly searched = new Map<string, SearchedDocument>();
  private running: AbortController | undefined;
  private currentModel: ModelInfo | undefined;

  constructor(private readonly parts: RelationSearchParts) {
    super();
    this._register({ dispose: () => this.abort() });
  }

  /** The model that found the listed relations; undefined before the first result. */
  get model(): ModelInfo | undefined {
    return this.currentModel;
  }

  /** Pairs of all searched documents that the model did not see. */
  get skippedPairs(): number {
    return [...this.searched.values()].reduce((sum, each) => sum + each.skippedPairs, 0);
  }

  /** True if neither the text nor the entities have changed since the document was searched. */
  isUpToDate(document: vscode.TextDocument): boolean {
    const searched = this.searched.get(document.uri.toString());
    if (!searched || searched.textDocumentVersion !== document.version) return false;
    return searched.entities === this.parts.store.get(document)?.entities;
  }

  start(documents: readonly vscode.TextDocument[]): void {
    this.abort();
    const controller = new AbortController();
    this.running = controller;
    logFailure(this.searchAll(documents, controller), this.parts.log, 'finding relations');
  }

  abort(): void {
    this.running?.abort();
  }

  /** Aborts the run and clears its progress. */
  stop(): void {
    const { status } = this.parts;
    this.abort();
    this.running = undefined;
    status.show(undefined, status.notice);
  }

  /** Makes every document due for a search. */
  reset(): void {
    this.searched.clear();
  }

  /** Removes the results of all other documents. */
  retainOnly(documents: readonly vscode.TextDocument[]): void {
    const { list } = this.parts;
    const names = new Set(documents.map(({ uri }) => uri.toString()));
    for (const { document: name } of list.all()) if (!names.has(name)) list.remove(name);
    for (const name of [...this.searched.keys()]) if (!names.has(name)) this.searched.delete(name);
  }

  private async searchAll(
    documents: readonly vscode.TextDocument[],
    controller: AbortController,
  ): Promise<void> {
    const { list, status, log } = this.parts;
    try {
      for (const [index, document] of documents.entries()) {
        await this.search(document, controller.signal, (fraction) =>
          this.reportProgress((index + fraction) / documents.length, controller),
        );
      }
      if (this.running === controller)
        status.show(undefined, list.size === 0 ? emptyNotice('no-relations') : undefined);
    } catch (error) {
      if (isCancelled(error) || this.running !== controller) return;
      log.warn(`Relations: ${describeError(error)}`);
      status.show(undefined, problemNotice(error));
    } finally {
      if (this.running === controller) this.running = undefined;
    }
  }

  private async search(
    document: vscode.TextDocument,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<void> {
    throwIfCancelled(signal);
    onProgress(0);
    const name = document.uri.toString();
    const result = await this.parts.relationFinder.find(document, { signal, onProgress });
    throwIfCancelled(signal);
    const { textDocumentVersion, entities, skippedPairs, text, version, relations, model } = result;
    this.searched.set(name, { textDocumentVersion, entities, skippedPairs });
    this.currentModel = model;
    this.parts.list.replace({ document: name, version, relations: locateRelations(text, relations) });
  }

  private reportProgress(fraction: number, controller: AbortController): void {
    if (this.running !== controller) return;
    this.parts.status.show({ label: vscode.l10n.t('Finding relations …'), fraction }, undefined);
  }
}
