import * as vscode from 'vscode';
import { formatOf } from '../../core/documents/format';
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
import { isEvidenceExport } from '../../core/formats/evidenceExport';
import type { BioBertEngine, ModelInfo } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import {
  knownMethod,
  removeMethod,
  statsMethod,
  type IndexStats,
  type KnownDocument,
} from '../../protocol/indexMessages';
import type { PanelWork } from '../../protocol/panel';
import { count } from '../entities/words';
import { readDocument } from '../documents/readDocument';
import { supportedFiles } from '../documents/supportedFiles';
import { secondsLeft } from '../folder/timeLeft';
import { timeLeftWords } from '../folder/timeLeftWords';
import { describeError, type Logger } from '../log';
import { isMissingModel } from '../engine/missingModel';
import type { Settings } from '../settings';
import type { IndexClient } from './indexClient';
import { indexFindings, indexPassages, type IndexedText, type Wanted } from './indexing';

export interface IndexRunParts {
  readonly client: IndexClient;
  readonly engine: BioBertEngine;
  readonly settings: Settings;
  readonly log: Logger;
}

/** What a run tells of itself on its way. */
export interface IndexRunEvents {
  readonly onWork: (work: PanelWork) => void;
  readonly onStats: (stats: IndexStats) => void;
  /** Of relations; undefined where none is installed. */
  readonly onModel: (model: ModelInfo | undefined) => void;
  /** Relations were added. */
  readonly onFind: () => void;
}

/** What a file is when it is asked about. */
interface FileState {
  readonly uri: vscode.Uri;
  readonly stamp: string;
}

const headLength = 1000;
/** One after another, ten thousand files take longer to look at than what changed takes to read. */
const statAtOnce = 64;

/** One pass over the workspace's folders: what has changed since the last one is read, then searched by the models. */
export class IndexRun {
  /** Documents; the rest was known. */
  read = 0;
  searched = 0;

  constructor(
    private readonly parts: IndexRunParts,
    private readonly signal: AbortSignal,
    private readonly events: IndexRunEvents,
  ) {}

  /** @throws {CancelledError} after the signal aborts; what is done is kept. */
  async toEnd(): Promise<void> {
    const files = await this.files();
    await this.readAll(files);
    await this.findAll(files);
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
  private async readAll(files: readonly FileState[]): Promise<void> {
    const { client } = this.parts;
    const known = await this.known();
    const names = new Set(files.map(({ uri }) => uri.toString()));
    const gone = [...known.keys()].filter((name) => !names.has(name));
    if (gone.length > 0) await client.request(removeMethod, gone, this.signal);
    const news = files.filter(({ uri, stamp }) => known.get(uri.toString())?.stamp !== stamp);
    const report = this.reporter(vscode.l10n.t('Reading'), news.length);
    for (const [index, file] of news.entries()) {
      throwIfCancelled(this.signal);
      await this.passOver(file.uri, () => this.readOne(file));
      this.read++;
      if (index % 50 === 49) await this.count();
      report(index + 1);
    }
    await this.count();
  }

  private async readOne({ uri, stamp }: FileState): Promise<void> {
    const { signal } = this;
    const { client, engine } = this.parts;
    await indexPassages(await this.textOf(uri), stamp, { client, engine, signal });
  }

  /** Where models are missing, what there is can be searched by words. */
  private async findAll(files: readonly FileState[]): Promise<void> {
    const model = await this.modelOf('relation-extraction');
    this.events.onModel(model);
    const relations = hashOf(model);
    const questions = hashOf(await this.modelOf('question-answering'));
    // The mentions that are related are the tagger's.
    const tagger = relations && hashOf(await this.modelOf('token-classification'));
    const models = `${relations ?? ''} ${questions ?? ''} ${tagger ?? ''}`.trim();
    if (models === '') return;
    const known = await this.known();
    const news = files.filter(({ uri }) => {
      const document = known.get(uri.toString());
      return document !== undefined && document.models !== models;
    });
    const report = this.reporter(vscode.l10n.t('Finding relations'), news.length);
    const wanted = { relations: relations !== undefined, vectors: questions !== undefined, models };
    for (const [index, { uri }] of news.entries()) {
      throwIfCancelled(this.signal);
      await this.passOver(uri, () => this.findOne(uri, wanted));
      this.searched++;
      if (isTold(index + 1)) {
        await this.count();
        this.events.onFind();
      }
      report(index + 1);
    }
    await this.count();
  }

  private async findOne(uri: vscode.Uri, wanted: Wanted): Promise<void> {
    const { signal } = this;
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
  private async modelOf(task: ModelTask): Promise<ModelInfo | undefined> {
    try {
      return await this.parts.engine.load(this.signal, task);
    } catch (error) {
      if (!isMissingModel(error)) throw error;
      this.parts.log.info(`Index: goes without ${task}: ${describeError(error)}`);
      return undefined;
    }
  }

  private async known(): Promise<ReadonlyMap<string, KnownDocument>> {
    const known = await this.parts.client.request(knownMethod, undefined, this.signal);
    return new Map(known.map((each) => [each.document, each]));
  }

  private async count(): Promise<void> {
    this.events.onStats(await this.parts.client.request(statsMethod, undefined, this.signal));
  }

  private reporter(label: string, total: number): (done: number) => void {
    const started = performance.now();
    return (done) => {
      const left = secondsLeft(performance.now() - started, done, total - done);
      const words = [
        `${label}: ${vscode.l10n.t('{0} of {1} documents', count(done), count(total))}`,
        ...(left === undefined || done === total ? [] : [timeLeftWords(left)]),
      ].join(' · ');
      this.events.onWork({ label: words, fraction: done / total });
    };
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
