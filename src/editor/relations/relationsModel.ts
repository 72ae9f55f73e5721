import * as vscode from 'vscode';
import { isCancelled, throwIfCancelled } from '../../core/errors';
import type { Entity } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import { isString } from '../../protocol/guards';
import { modelName } from '../../protocol/modelName';
import type { PanelNotice, PanelScope, PanelWork } from '../../protocol/panel';
import type { AnnotationStore } from '../annotations/annotationStore';
import type { AddedRelations } from './addedRelations';
import { Disposable } from '../dispose';
import { documents as documentCount, pairsNotAsked } from '../entities/words';
import { describeError, logFailure, type Logger } from '../log';
import type { Tagging } from '../entities/tagging';
import { foundRelations } from './foundRelation';
import { emptyNotice, problemNotice } from '../notices';
import type { Reading } from '../documents/reading';
import type { Relating } from './relating';
import { RelationList } from './relationList';
import type { RelationsSource } from './relationsSource';

export interface RelationsModelParts {
  readonly relating: Relating;
  readonly reading: Reading;
  readonly store: AnnotationStore;
  readonly tagging: Tagging;
  readonly added: Pick<AddedRelations, 'in' | 'onDidChange'>;
  readonly log: Logger;
}

/** What one run was asked about: the same need not be asked twice. */
interface Asked {
  readonly version: number;
  readonly entities: readonly Entity[];
  /** Pairs that were left out. */
  readonly unasked: number;
}

/** Edits and answers come faster than anybody reads. */
const settleMs = 700;

/**
 * The relations of the document that is read, or of those that are open. While the panel is on show it follows them:
 * what is tagged is related without being asked; an untagged document is the reader's to start.
 */
export class RelationsModel extends Disposable implements RelationsSource {
  readonly list = this._register(new RelationList());
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Work or notice are others; the list has an event of its own. */
  readonly onDidChange = this.changed.event;
  private readonly asked = new Map<string, Asked>();
  private running: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private scope: Exclude<PanelScope, 'folder'> = 'document';
  private isActive = false;
  private currentWork: PanelWork | undefined;
  private currentNotice: PanelNotice | undefined;
  private currentModel: ModelInfo | undefined;

  constructor(private readonly parts: RelationsModelParts) {
    super();
    this._register(parts.reading.onDidChange(() => this.followSoon(0)));
    this._register(parts.store.onDidChange(() => this.followSoon(settleMs)));
    this._register(parts.added.onDidChange(() => this.showAdded()));
    this._register({
      dispose: () => {
        clearTimeout(this.timer);
        this.running?.abort();
      },
    });
  }

  get work(): PanelWork | undefined {
    return this.currentWork;
  }

  get notice(): PanelNotice | undefined {
    return this.currentNotice;
  }

  /** The model that found what is listed; undefined before anything was. */
  get model(): ModelInfo | undefined {
    return this.currentModel;
  }

  /** What is listed, in words, by which model it was found, and what that was not asked. */
  get summary(): string {
    const { document } = this.parts.reading;
    const one = document?.uri.path.split('/').at(-1) ?? '';
    const what = this.scope === 'open' ? documentCount(this.scopeDocuments().length) : one;
    if (!this.currentModel || what === '') return what;
    const unasked = [...this.asked.values()].reduce((sum, each) => sum + each.unasked, 0);
    return [what, modelName(this.currentModel), pairsNotAsked(unasked)].filter(isString).join(' · ');
  }

  /** Begins to follow a scope. */
  follow(scope: RelationsModel['scope']): void {
    this.isActive = true;
    if (scope !== this.scope) {
      this.scope = scope;
      this.asked.clear();
      this.list.begin([]);
    }
    this.followSoon(0);
  }

  /** While nobody looks, nothing is asked. */
  unfollow(): void {
    this.isActive = false;
    clearTimeout(this.timer);
    this.stop();
  }

  /** Finds relations in all of the scope, tagging where needed. Called when the reader asks for it. */
  find(): void {
    this.asked.clear();
    this.run(this.scopeDocuments());
  }

  /** What is listed was found by another model. */
  findAgain(): void {
    this.stop();
    this.asked.clear();
    this.followSoon(0);
  }

  stop(): void {
    this.running?.abort();
    this.running = undefined;
    this.show(undefined, this.currentNotice);
  }

  private scopeDocuments(): readonly vscode.TextDocument[] {
    if (this.scope === 'open') return this.parts.reading.open;
    const { document } = this.parts.reading;
    return document ? [document] : [];
  }

  private followSoon(delayMs: number): void {
    if (!this.isActive) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.followNow(), delayMs);
  }

  private followNow(): void {
    const { relating, tagging } = this.parts;
    const documents = this.scopeDocuments();
    this.forgetOthers(documents);
    this.showAdded();
    if (documents.some((document) => tagging.isTagging(document))) {
      this.followSoon(settleMs);
      return;
    }
    const tagged = documents.filter((document) => relating.isTagged(document));
    if (tagged.length === 0) {
      this.running?.abort();
      this.list.begin(documents.map(({ uri }) => uri.toString()));
      this.asked.clear();
      this.showAdded();
      this.show(undefined, emptyNotice(documents.length === 0 ? 'no-document' : 'untagged'));
      return;
    }
    const news = tagged.filter((document) => !this.isAsked(document));
    if (news.length > 0) this.run(news);
  }

  private forgetOthers(documents: readonly vscode.TextDocument[]): void {
    const names = new Set(documents.map(({ uri }) => uri.toString()));
    for (const { document: name } of this.list.all()) if (!names.has(name)) this.list.remove(name);
    for (const name of [...this.asked.keys()]) if (!names.has(name)) this.asked.delete(name);
  }

  /** What the reader added is listed whether a model ever looked at the document or not. */
  private showAdded(): void {
    if (!this.isActive) return;
    for (const document of this.scopeDocuments()) this.list.setAdded(this.parts.added.in(document));
  }

  private isAsked(document: vscode.TextDocument): boolean {
    const asked = this.asked.get(document.uri.toString());
    const entities = this.parts.store.get(document)?.entities;
    return asked !== undefined && asked.version === document.version && asked.entities === entities;
  }

  private run(documents: readonly vscode.TextDocument[]): void {
    this.running?.abort();
    const controller = new AbortController();
    this.running = controller;
    logFailure(this.relateAll(documents, controller), this.parts.log, 'finding relations');
  }

  private async relateAll(
    documents: readonly vscode.TextDocument[],
    controller: AbortController,
  ): Promise<void> {
    const { signal } = controller;
    try {
      for (const [index, document] of documents.entries()) {
        await this.relateOne(document, signal, (fraction) =>
          this.progress((index + fraction) / documents.length, controller),
        );
      }
      if (this.running === controller)
        this.show(undefined, this.list.size === 0 ? emptyNotice('no-relations') : undefined);
    } catch (error) {
      if (isCancelled(error) || this.running !== controller) return;
      this.parts.log.warn(`Relations: ${describeError(error)}`);
      this.show(undefined, problemNotice(error));
    } finally {
      if (this.running === controller) this.running = undefined;
    }
  }

  private async relateOne(
    document: vscode.TextDocument,
    signal: AbortSignal,
    report: (fraction: number) => void,
  ): Promise<void> {
    throwIfCancelled(signal);
    report(0);
    const name = document.uri.toString();
    const found = await this.parts.relating.relate(document, { signal, onProgress: report });
    throwIfCancelled(signal);
    const { version, entities, unasked, text, moment } = found;
    this.asked.set(name, { version, entities, unasked });
    this.currentModel = found.model;
    this.list.replace({ document: name, moment, relations: foundRelations(text, found.relations) });
  }

  private progress(fraction: number, controller: AbortController): void {
    if (this.running !== controller) return;
    this.show({ label: vscode.l10n.t('Finding relations …'), fraction }, undefined);
  }

  private show(work: PanelWork | undefined, notice: PanelNotice | undefined): void {
    this.currentWork = work;
    this.currentNotice = notice;
    this.changed.fire();
  }
}
