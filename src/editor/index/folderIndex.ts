import * as vscode from 'vscode';
import { isCancelled } from '../../core/errors';
import type { ModelInfo } from '../../protocol/engine';
import { isString } from '../../protocol/guards';
import { statsMethod, type IndexStats } from '../../protocol/indexMessages';
import type { PanelNotice, PanelWork } from '../../protocol/panel';
import { Disposable } from '../dispose';
import { count, pairsNotAsked } from '../entities/words';
import { describeError, logFailure } from '../log';
import { problemNotice } from '../notices';
import { IndexRun, type IndexRunParts } from './indexRun';

/** A save, a checkout: several files change at once. */
const settleMs = 2000;

const emptyStats: IndexStats = { documents: 0, passages: 0, relations: 0, embedded: 0, unasked: 0 };

/**
 * Keeps the index of the workspace's folders: first the passages of every document, so that questions can be asked
 * soon, then what the models find. What has not changed since the last time is not read again; a run that was
 * cancelled or cut off goes on where it stopped.
 */
export class FolderIndex extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly found = this._register(new vscode.EventEmitter<void>());
  /** Relations were added or went. */
  readonly onDidFind = this.found.event;
  private running: AbortController | undefined;
  private watcher: vscode.FileSystemWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private currentStats = emptyStats;
  private currentWork: PanelWork | undefined;
  private currentNotice: PanelNotice | undefined;
  private isComplete = false;
  private currentModel: ModelInfo | undefined;
  /** The run in hand asks models that are not those of now. */
  private isOutdated = false;

  constructor(private readonly parts: IndexRunParts) {
    super();
    this._register({
      dispose: () => {
        clearTimeout(this.timer);
        this.running?.abort();
        logFailure(parts.client.stop(), parts.log, 'stopping the index');
      },
    });
  }

  /** True once something can be asked. */
  get hasDocuments(): boolean {
    return this.currentStats.documents > 0;
  }

  /** False after a run that was stopped or failed, until the next one. */
  get isUpToDate(): boolean {
    return this.isComplete;
  }

  get exists(): boolean {
    return this.parts.client.exists;
  }

  get stats(): IndexStats {
    return this.currentStats;
  }

  get work(): PanelWork | undefined {
    return this.currentWork;
  }

  get notice(): PanelNotice | undefined {
    return this.currentNotice;
  }

  /** That found the relations, or will; undefined before the first run of this window. */
  get relationsModel(): ModelInfo | undefined {
    return this.currentModel;
  }

  /** `1,204 passages · up to date` */
  get summary(): string {
    const { passages, unasked } = this.currentStats;
    const state = this.isComplete
      ? vscode.l10n.t('up to date')
      : this.running
        ? vscode.l10n.t('being read')
        : vscode.l10n.t('not complete');
    if (passages === 0) return '';
    const words = [vscode.l10n.t('{0} passages', count(passages)), state, pairsNotAsked(unasked)];
    return words.filter(isString).join(' · ');
  }

  /** Reads what changed since the last time. A run in hand goes on. */
  update(): void {
    if (this.running) return;
    this.isOutdated = false;
    const controller = new AbortController();
    this.running = controller;
    logFailure(this.run(controller), this.parts.log, 'indexing the folder');
  }

  /** As {@link update}; a run in hand, which asks the models of before, ends first. */
  updateAnew(): void {
    const { running } = this;
    if (!running) {
      this.update();
      return;
    }
    this.isOutdated = true;
    running.abort();
  }

  /** What is done is kept. */
  stop(): void {
    this.running?.abort();
  }

  /** Takes the index away; the folder itself stays as it is. */
  async remove(): Promise<void> {
    this.running?.abort();
    this.watcher?.dispose();
    this.watcher = undefined;
    await this.parts.client.remove();
    this.currentStats = emptyStats;
    this.isComplete = false;
    this.show(undefined, undefined);
    this.found.fire();
  }

  private async run(controller: AbortController): Promise<void> {
    const { parts } = this;
    const run = new IndexRun(parts, controller.signal, {
      onWork: (work) => this.show(work, undefined),
      onStats: (stats) => {
        this.currentStats = stats;
        this.changed.fire();
      },
      onModel: (model) => (this.currentModel = model),
      onFind: () => this.found.fire(),
    });
    this.isComplete = false;
    this.show({ label: vscode.l10n.t('Looking for documents …') }, undefined);
    try {
      this.watch();
      await run.toEnd();
      this.isComplete = true;
    } catch (error) {
      if (isCancelled(error)) {
        await this.countKept();
        return;
      }
      parts.log.warn(`Index: ${describeError(error)}`);
      this.currentNotice = problemNotice(error);
    } finally {
      this.running = undefined;
      const end = this.isComplete ? '' : ', not to the end';
      parts.log.info(`Index: ${run.read} documents read, ${run.searched} searched${end}.`);
      this.show(undefined, this.currentNotice);
      this.found.fire();
      if (this.isOutdated) this.update();
    }
  }

  /** After a run was stopped: what there is can be searched. */
  private async countKept(): Promise<void> {
    try {
      this.currentStats = await this.parts.client.request(statsMethod, undefined);
    } catch (error) {
      // The index was removed, or the window closes.
      this.parts.log.debug(`Index: ${describeError(error)}`);
    }
  }

  /** Watched once the folder was indexed. */
  private watch(): void {
    if (this.watcher) return;
    this.watcher = this._register(vscode.workspace.createFileSystemWatcher('**/*'));
    const soon = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.update(), settleMs);
    };
    const wanted = new RegExp(
      String.raw`\.(txt|text|md|markdown|tex|ltx|bib|xml|nxml|nbib|medline|ris|qmd|rmd)$`,
      'i',
    );
    const follow = (uri: vscode.Uri): void => {
      if (wanted.test(uri.path)) soon();
    };
    this._register(this.watcher.onDidCreate(follow));
    this._register(this.watcher.onDidChange(follow));
    this._register(this.watcher.onDidDelete(follow));
  }

  private show(work: PanelWork | undefined, notice: PanelNotice | undefined): void {
    this.currentWork = work;
    this.currentNotice = notice;
    this.changed.fire();
  }
}
