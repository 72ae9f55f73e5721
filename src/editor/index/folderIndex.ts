import * as vscode from 'vscode';
import { isCancelled } from '../../core/errors';
import type { ModelInfo } from '../../protocol/engine';
import { isString } from '../../protocol/guards';
import { statsMethod, type IndexStats } from '../../protocol/indexMessages';
import type { PanelNotice, PanelWork } from '../../protocol/panel';
import { Disposable } from '../dispose';
import { formatCount, skippedPairsLabel } from '../entities/countLabels';
import { describeError, logFailure } from '../log';
import { problemNotice, unreadNotice } from '../notices';
import { WorkStatus } from '../workStatus';
import { FolderWatcher } from './folderWatcher';
import { IndexRun, type IndexRunParts } from './indexRun';
import { onSourcesChange } from './reviewSources';

const emptyStats: IndexStats = { documents: 0, passages: 0, relations: 0, embedded: 0, skippedPairs: 0 };

interface IndexState {
  stats: IndexStats;
  /** False after a run that was stopped or failed, until the next run has finished. */
  isUpToDate: boolean;
  /** The model that finds the relations; undefined before the first run in this window. */
  relationsModel: ModelInfo | undefined;
}

/** The run in progress. */
interface RunningIndex {
  readonly controller: AbortController;
  /** True if another run must follow, because models or documents have changed. */
  isRestartDue: boolean;
}

/**
 * Keeps the index of the workspace folders up to date. Unchanged documents are not indexed again, so a run that was
 * cancelled or interrupted continues where it stopped.
 */
export class FolderIndex extends Disposable {
  private readonly status = this._register(new WorkStatus());
  /** Fires when statistics, work or notice changed. */
  readonly onDidChange = this.status.onDidChange;
  private readonly relationsChanged = this._register(new vscode.EventEmitter<void>());
  /** Fires when relations were added to the index or removed from it. */
  readonly onDidChangeRelations = this.relationsChanged.event;
  private readonly watcher = this._register(new FolderWatcher(() => this.updateAgain()));
  private running: RunningIndex | undefined;
  private readonly current: IndexState = { stats: emptyStats, isUpToDate: false, relationsModel: undefined };
  readonly state: Readonly<IndexState> = this.current;

  constructor(private readonly parts: Omit<IndexRunParts, 'written'>) {
    super();
    // Other documents may repeat the records of the review.
    const follow = (): void => {
      if (this.running || this.current.isUpToDate) this.updateAgain();
    };
    this._register(onSourcesChange(parts.review, follow, parts.log));
    this._register({
      dispose: () => {
        this.stop();
        logFailure(parts.client.stop(), parts.log, 'stopping the index');
      },
    });
  }

  /** True if the index was created, in this window or earlier. */
  get exists(): boolean {
    return this.parts.client.exists;
  }

  get work(): PanelWork | undefined {
    return this.status.work;
  }

  get notice(): PanelNotice | undefined {
    return this.status.notice;
  }

  /** `1,204 passages · up to date` */
  get summary(): string {
    const { passages, skippedPairs } = this.state.stats;
    if (passages === 0) return '';
    const progress = this.state.isUpToDate
      ? vscode.l10n.t('up to date')
      : this.running
        ? vscode.l10n.t('indexing')
        : vscode.l10n.t('incomplete');
    const parts = [
      vscode.l10n.t('{0} passages', formatCount(passages)),
      progress,
      skippedPairsLabel(skippedPairs),
    ];
    return parts.filter(isString).join(' · ');
  }

  /** Indexes what has changed since the last run. Has no effect while a run is in progress. */
  update(): void {
    if (this.running) return;
    const running = { controller: new AbortController(), isRestartDue: false };
    this.running = running;
    logFailure(this.run(running), this.parts.log, 'indexing the folder');
  }

  /** Like {@link update}, but ends a run in progress first, since it uses the previous models. */
  restart(): void {
    if (!this.running) {
      this.update();
      return;
    }
    this.stop();
    this.running.isRestartDue = true;
  }

  /** Cancels the run in progress. Documents that were finished stay in the index. */
  stop(): void {
    if (!this.running) return;
    this.running.isRestartDue = false;
    this.running.controller.abort();
  }

  /** Deletes the index; the documents are not touched. */
  async remove(): Promise<void> {
    this.stop();
    this.watcher.stop();
    await this.parts.client.remove();
    this.current.stats = emptyStats;
    this.current.isUpToDate = false;
    this.status.show(undefined, undefined);
    this.relationsChanged.fire();
  }

  /** Like {@link update}, but a run in progress, which may have read the changed documents before, is followed by another. */
  private updateAgain(): void {
    if (this.running) this.running.isRestartDue = true;
    else this.update();
  }

  private async run(running: RunningIndex): Promise<void> {
    const { parts, status, current } = this;
    const { written } = this.watcher;
    const run = new IndexRun({ ...parts, written }, running.controller.signal, {
      onWork: (work) => status.show(work, undefined),
      onStats: (stats) => {
        current.stats = stats;
        status.show(status.work, status.notice);
      },
      onModel: (model) => (current.relationsModel = model),
      onRelations: () => this.relationsChanged.fire(),
    });
    current.isUpToDate = false;
    status.show({ label: vscode.l10n.t('Looking for documents …') }, undefined);
    let notice: PanelNotice | undefined;
    try {
      this.watcher.start(parts.settings.languages);
      await run.run();
      current.isUpToDate = true;
      notice = unreadNotice(run.unread.count);
    } catch (error) {
      if (isCancelled(error)) {
        await this.readStats();
        return;
      }
      parts.log.warn(`Index: ${describeError(error)}`);
      notice = problemNotice(error);
    } finally {
      this.running = undefined;
      const end = current.isUpToDate ? '' : ', not to the end';
      parts.log.info(`Index: ${run.documentsRead} documents read, ${run.documentsSearched} searched${end}.`);
      status.show(undefined, notice);
      this.relationsChanged.fire();
      if (running.isRestartDue) this.update();
    }
  }

  /** Reads the statistics after a cancelled run, so that the finished documents can be searched. */
  private async readStats(): Promise<void> {
    try {
      this.current.stats = await this.parts.client.request(statsMethod, undefined);
    } catch (error) {
      // The index was removed, or the window is closing.
      this.parts.log.debug(`Index: ${describeError(error)}`);
    }
  }
}
