import * as vscode from 'vscode';
import { isCancelled } from '../../core/errors';
import { statsMethod, type IndexStats } from '../../protocol/indexMessages';
import type { PanelNotice, PanelWork } from '../../protocol/panel';
import { Disposable } from '../dispose';
import { describeError, logFailure, type Logger } from '../log';
import { problemNotice, unreadNotice } from '../notices';
import { WorkStatus } from '../workStatus';
import { FolderWatcher } from './folderWatcher';
import { IndexRun } from './indexRun';
import type { IndexRunParts } from './indexRunParts';
import { onSourcesChange } from './reviewSources';
import type { FolderReader, IndexOutcome, IndexState } from '../folder/folderReader';

const emptyStats: IndexStats = {
  papers: 0,
  otherDocuments: 0,
  passages: 0,
  relations: 0,
  embedded: 0,
  skippedPairs: 0,
  isRebuilt: false,
};

/** The run in progress. */
interface RunningIndex {
  controller: AbortController;
  readonly outcome: Promise<IndexOutcome>;
  /** True if another run must follow, because models or documents have changed. */
  isRestartDue: boolean;
}

/**
 * Keeps the index of the workspace folders up to date. Unchanged documents are not indexed again, so a run that was
 * cancelled or interrupted continues where it stopped.
 */
export class FolderIndex extends Disposable implements FolderReader {
  private readonly status = this._register(new WorkStatus());
  /** Fires when statistics, work or notice changed. */
  readonly onDidChange = this.status.onDidChange;
  private readonly relationsChanged = this._register(new vscode.EventEmitter<void>());
  /** Fires when relations were added to the index or removed from it. */
  readonly onDidChangeRelations = this.relationsChanged.event;
  private readonly watcher = this._register(new FolderWatcher(() => this.follow()));
  private running: RunningIndex | undefined;
  private readonly current: IndexState = {
    stats: emptyStats,
    isUpToDate: false,
    relationsModel: undefined,
    leftOut: 0,
  };
  readonly state: Readonly<IndexState> = this.current;

  constructor(private readonly parts: Omit<IndexRunParts, 'written'>) {
    super();
    // Other documents may repeat the records of the review.
    this._register(onSourcesChange(parts.review, () => this.follow(), parts.log));
    this._register({ dispose: () => this.stop() });
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

  /** Indexes what has changed since the last run. Has no effect while a run is in progress. */
  update(): void {
    logFailure(this.read(), this.parts.log, 'indexing the folder');
  }

  /** Like {@link update}, or waits for the run in progress, with the runs that follow it because of changes. */
  read(): Promise<IndexOutcome> {
    if (this.running) return this.running.outcome;
    const running: RunningIndex = {
      controller: new AbortController(),
      isRestartDue: false,
      // The first run begins when `running` is set, since the last one clears it.
      outcome: Promise.resolve().then(() => this.runAll(running)),
    };
    this.running = running;
    this.status.show({ label: vscode.l10n.t('Looking for documents …') }, undefined);
    return running.outcome;
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

  /**
   * Indexes changed documents. A run in progress, which may have read them before, is followed by another. A run that the
   * user has stopped goes on only when the user says so.
   */
  private follow(): void {
    if (this.running) this.running.isRestartDue = true;
    else if (this.current.isUpToDate) this.update();
  }

  private async runAll(running: RunningIndex): Promise<IndexOutcome> {
    const { status, parts, current } = this;
    await tellRebuilt(parts.client);
    for (;;) {
      const outcome = await this.run(running.controller.signal);
      this.relationsChanged.fire();
      if (running.isRestartDue) {
        running.isRestartDue = false;
        running.controller = new AbortController();
        continue;
      }
      this.running = undefined;
      const { error, unread } = outcome;
      status.show(
        undefined,
        error === undefined ? unreadNotice(current.isUpToDate ? unread : 0) : problemNotice(error),
      );
      return outcome;
    }
  }

  private async run(signal: AbortSignal): Promise<IndexOutcome> {
    const { parts, status, current } = this;
    const { written } = this.watcher;
    const run = new IndexRun({ ...parts, written }, signal, {
      onWork: (work) => status.show(work, undefined),
      onStats: (stats) => {
        current.stats = stats;
        status.show(status.work, status.notice);
      },
      onModel: (model) => (current.relationsModel = model),
      onRelations: () => this.relationsChanged.fire(),
    });
    current.isUpToDate = false;
    let failure: unknown;
    try {
      this.watcher.start(parts.settings.languages);
      await run.run();
      current.isUpToDate = true;
    } catch (error) {
      failure = error;
      if (!isCancelled(error)) parts.log.warn(`Index: ${describeError(error)}`);
      // The documents that a stopped run has finished can be searched.
      else current.stats = (await readStats(parts)) ?? current.stats;
    }
    current.leftOut = run.documentsLeftOut;
    return outcomeOf(run, failure, parts.log);
  }
}

/** Reads the statistics after a run that was stopped. @returns undefined if the index was removed, or the window closes. */
async function readStats({
  client,
  log,
}: Pick<IndexRunParts, 'client' | 'log'>): Promise<IndexStats | undefined> {
  try {
    return await client.request(statsMethod, undefined);
  } catch (error) {
    log.debug(`Index: ${describeError(error)}`);
    return undefined;
  }
}

/** Tells the user that the index is built again. What is in it comes from the documents, so nothing is lost. */
async function tellRebuilt(client: IndexRunParts['client']): Promise<void> {
  if (!client.exists) return;
  // A run that cannot use the index says so itself.
  const isRebuilt = await client.request(statsMethod, undefined).then(
    (stats) => stats.isRebuilt,
    () => false,
  );
  if (!isRebuilt) return;
  const message = vscode.l10n.t(
    'The papers of this folder are read again, because the index is of an earlier version or damaged. Your files, evidence and decisions are as they were.',
  );
  void vscode.window.showInformationMessage(message);
}

function outcomeOf(run: IndexRun, failure: unknown, log: Logger): IndexOutcome {
  const { skipped, count } = run.unread;
  const isStopped = failure !== undefined && isCancelled(failure);
  const unchanged = run.findings.unchanged;
  const all = run.documentsFound - skipped.length;
  const documents = isStopped ? unchanged + run.findings.searched : all;
  const rest = failure === undefined ? '' : ', not to the end';
  log.info(`Index: ${run.documentsRead} documents read, ${run.findings.searched} searched${rest}.`);
  const end = isStopped ? ', cancelled' : '';
  log.info(`Folder: ${documents} documents (${unchanged} unchanged), ${skipped.length} skipped${end}.`);
  return {
    documents,
    unchanged,
    unread: count,
    skipped,
    isCancelled: isStopped,
    error: isStopped || failure === undefined ? undefined : asError(failure),
  };
}

function asError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error(String(failure));
}
