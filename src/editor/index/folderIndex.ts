import * as vscode from 'vscode';
import { formatOf } from '../../core/document/format';
import { isEvidenceExport } from '../../core/formats/evidenceExport';
import { BioBertError, errorCodes, isCancelled, throwIfCancelled } from '../../core/errors';
import type { BioBertEngine, ModelInfo, ModelTask } from '../../protocol/engine';
import { isString } from '../../protocol/guards';
import {
  knownMethod,
  removeMethod,
  statsMethod,
  type IndexStats,
  type KnownDocument,
} from '../../protocol/indexMessages';
import type { PanelNotice, PanelWork } from '../../protocol/panel';
import { Disposable } from '../dispose';
import { count, pairsNotAsked } from '../entities/words';
import { readDocument } from '../folder/readDocument';
import { supportedFiles } from '../folder/supportedFiles';
import { secondsLeft } from '../folder/timeLeft';
import { timeLeftWords } from '../folder/timeLeftWords';
import { describeError, logFailure, type Logger } from '../log';
import { isMissingModel } from '../missingModel';
import { problemNotice } from '../panel/notices';
import type { Settings } from '../settings';
import type { IndexClient } from './indexClient';
import { indexFindings, indexPassages, type IndexedText, type Wanted } from './indexing';

export interface FolderIndexParts {
  readonly client: IndexClient;
  readonly engine: BioBertEngine;
  readonly settings: Settings;
  readonly log: Logger;
}

/** What a file is when it is asked about. */
interface FileState {
  readonly uri: vscode.Uri;
  readonly stamp: string;
}

/** What one run did: the rest was known. */
interface Tally {
  read: number;
  searched: number;
}

const headLength = 1000;
/** One after another, ten thousand files take longer to look at than what changed takes to read. */
const statAtOnce = 64;
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

  constructor(private readonly parts: FolderIndexParts) {
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
    const { signal } = controller;
    const tally: Tally = { read: 0, searched: 0 };
    this.isComplete = false;
    this.show({ label: vscode.l10n.t('Looking for documents …') }, undefined);
    try {
      this.watch();
      const files = await this.files();
      await this.readAll(files, tally, signal);
      await this.findAll(files, tally, signal);
      this.isComplete = true;
    } catch (error) {
      if (isCancelled(error)) {
        await this.countKept();
        return;
      }
      this.parts.log.warn(`Index: ${describeError(error)}`);
      this.currentNotice = problemNotice(error);
    } finally {
      this.running = undefined;
      const end = this.isComplete ? '' : ', not to the end';
      this.parts.log.info(`Index: ${tally.read} documents read, ${tally.searched} searched${end}.`);
      this.show(undefined, this.currentNotice);
      this.found.fire();
      if (this.isOutdated) this.update();
    }
  }

  private async files(): Promise<readonly FileState[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const found: FileState[] = [];
    for (const folder of folders) {
      const files = await supportedFiles(folder, this.parts.settings.languages);
      for (let from = 0; from < files.length; from += statAtOnce) {
        const states = files.slice(from, from + statAtOnce).map(stateOf);
        found.push(...(await Promise.all(states)).filter((state) => state !== undefined));
      }
    }
    return found;
  }

  /** Passages of what is new, and out with what is gone. */
  private async readAll(files: readonly FileState[], tally: Tally, signal: AbortSignal): Promise<void> {
    const { client } = this.parts;
    const known = await this.known(signal);
    const names = new Set(files.map(({ uri }) => uri.toString()));
    const gone = [...known.keys()].filter((name) => !names.has(name));
    if (gone.length > 0) await client.request(removeMethod, gone, signal);
    const news = files.filter(({ uri, stamp }) => known.get(uri.toString())?.stamp !== stamp);
    const report = this.reporter(vscode.l10n.t('Reading'), news.length);
    for (const [index, file] of news.entries()) {
      throwIfCancelled(signal);
      await this.passOver(file.uri, () => this.readOne(file, signal));
      tally.read++;
      if (index % 50 === 49) await this.count(signal);
      report(index + 1);
    }
    await this.count(signal);
  }

  private async readOne({ uri, stamp }: FileState, signal: AbortSignal): Promise<void> {
    const { client, engine } = this.parts;
    await indexPassages(await this.textOf(uri), stamp, { client, engine, signal });
  }

  /** Where models are missing, what there is can be searched by words. */
  private async findAll(files: readonly FileState[], tally: Tally, signal: AbortSignal): Promise<void> {
    this.currentModel = await this.modelOf('relation-extraction', signal);
    const relations = hashOf(this.currentModel);
    const questions = hashOf(await this.modelOf('question-answering', signal));
    // The mentions that are related are the tagger's.
    const tagger = relations && hashOf(await this.modelOf('token-classification', signal));
    const models = `${relations ?? ''} ${questions ?? ''} ${tagger ?? ''}`.trim();
    if (models === '') return;
    const known = await this.known(signal);
    const news = files.filter(({ uri }) => {
      const document = known.get(uri.toString());
      return document !== undefined && document.models !== models;
    });
    const report = this.reporter(vscode.l10n.t('Finding relations'), news.length);
    const wanted = { relations: relations !== undefined, vectors: questions !== undefined, models };
    for (const [index, { uri }] of news.entries()) {
      throwIfCancelled(signal);
      await this.passOver(uri, () => this.findOne(uri, wanted, signal));
      tally.searched++;
      if (isTold(index + 1)) {
        await this.count(signal);
        this.found.fire();
      }
      report(index + 1);
    }
    await this.count(signal);
  }

  private async findOne(uri: vscode.Uri, wanted: Wanted, signal: AbortSignal): Promise<void> {
    const { client, engine } = this.parts;
    await indexFindings(await this.textOf(uri), wanted, { client, engine, signal });
  }

  private async textOf(uri: vscode.Uri): Promise<IndexedText> {
    const text = await readDocument(uri, { maxBytes: this.parts.settings.maxFileSizeMB * 1024 * 1024 });
    const format = formatOf({ fileName: uri.path, head: text.slice(0, headLength) });
    // What was exported from here is no document: it would be found as the evidence of itself.
    return { document: uri.toString(), text: isEvidenceExport(text) ? '' : text, format };
  }

  /** One unfit file is passed over; an engine that cannot work ends the run. */
  private async passOver(uri: vscode.Uri, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof BioBertError) || !unfit.has(error.code)) throw error;
      this.parts.log.info(`Index: passed over ${uri.path}: ${error.userMessage}`);
    }
  }

  /** @returns undefined where it is not installed. */
  private async modelOf(task: ModelTask, signal: AbortSignal): Promise<ModelInfo | undefined> {
    try {
      return await this.parts.engine.load(signal, task);
    } catch (error) {
      if (!isMissingModel(error)) throw error;
      this.parts.log.info(`Index: goes without ${task}: ${describeError(error)}`);
      return undefined;
    }
  }

  private async known(signal: AbortSignal): Promise<ReadonlyMap<string, KnownDocument>> {
    const known = await this.parts.client.request(knownMethod, undefined, signal);
    return new Map(known.map((each) => [each.document, each]));
  }

  private async count(signal: AbortSignal): Promise<void> {
    this.currentStats = await this.parts.client.request(statsMethod, undefined, signal);
    this.changed.fire();
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

  private reporter(label: string, total: number): (done: number) => void {
    const started = performance.now();
    return (done) => {
      const left = secondsLeft(performance.now() - started, done, total - done);
      const words = [
        `${label}: ${vscode.l10n.t('{0} of {1} documents', count(done), count(total))}`,
        ...(left === undefined || done === total ? [] : [timeLeftWords(left)]),
      ].join(' · ');
      this.show({ label: words, fraction: done / total }, undefined);
    };
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

const unfit: ReadonlySet<string> = new Set([
  errorCodes.DOCUMENT_TOO_LARGE,
  errorCodes.DOCUMENT_BINARY,
  errorCodes.DOCUMENT_UNREADABLE,
  errorCodes.DOCUMENT_FORMAT_UNKNOWN,
]);

/** After how many documents the list is made anew: soon at first, then at a pace that costs little. */
function isTold(searched: number): boolean {
  return searched % (searched < 50 ? 5 : 50) === 0;
}

/** Enough of it to tell models apart. */
function hashOf(model: ModelInfo | undefined): string | undefined {
  return model?.hash.slice(0, 16);
}

async function stateOf(uri: vscode.Uri): Promise<FileState | undefined> {
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    return { uri, stamp: `${mtime} ${size}` };
  } catch {
    // It went meanwhile.
    return undefined;
  }
}
