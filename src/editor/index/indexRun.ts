import * as vscode from 'vscode';
import { throwIfCancelled } from '../../core/errors';
import { isOwnReport } from '../../core/curation/ownReport';
import { mayBeExport } from '../../core/documents/format';
import type { BioBertEngine, ModelInfo } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import {
  knownMethod,
  removeMethod,
  restampMethod,
  statsMethod,
  type IndexStats,
  type KnownDocument,
} from '../../protocol/indexMessages';
import { modelKey } from '../../protocol/modelName';
import type { PanelWork } from '../../protocol/panel';
import { terminologyKey, terminologyOf } from '../../protocol/terminology';
import { formatCount } from '../entities/countLabels';
import { textHash } from '../entities/taggedFiles';
import { formatOfFile } from '../documents/documents';
import { fileOfDocument } from '../documents/paperUri';
import { openDocument, readDocument } from '../documents/readDocument';
import { supportedFiles } from '../documents/supportedFiles';
import { secondsLeft } from '../folder/timeLeft';
import { timeLeftLabel } from '../folder/timeLeftLabel';
import { describeError, type Logger } from '../log';
import { isMissingModel } from '../engine/missingModel';
import type { ReviewAccess } from '../reviewAccess';
import type { Settings } from '../settings';
import type { TermFiles } from '../workspace/termFiles';
import type { IndexClient } from './indexClient';
import { sourcesKey } from './reviewSources';
import { UnreadDocuments } from './unreadDocuments';
import { indexFindings, indexPassages, type IndexedDocument, type FindingsOptions } from './indexDocument';

export interface IndexRunParts {
  readonly client: IndexClient;
  readonly engine: BioBertEngine;
  readonly settings: Settings;
  readonly terms: Pick<TermFiles, 'fingerprint'>;
  readonly review: Pick<ReviewAccess, 'exists' | 'ready' | 'load' | 'onDidChange'>;
  /** The version of this extension, on which parsing and rules depend. */
  readonly version: string;
  /** Names of documents that were written since they were last read; a document leaves when it is read. */
  readonly written: Set<string>;
  readonly log: Logger;
}

/** Callbacks through which a run reports its progress. */
export interface IndexRunEvents {
  readonly onWork: (work: PanelWork) => void;
  readonly onStats: (stats: IndexStats) => void;
  /** Receives the relation model; undefined if none is installed. */
  readonly onModel: (model: ModelInfo | undefined) => void;
  /** Called when relations were added to the index. */
  readonly onRelations: () => void;
}

/** A file, with its stamp for {@link KnownDocument}. */
interface FileState {
  readonly uri: vscode.Uri;
  readonly stamp: string;
}

/** The documents of the index by their names. */
type KnownDocuments = ReadonlyMap<string, KnownDocument>;

/** The files of the workspace. */
interface Listing {
  readonly files: readonly FileState[];
  /** Folders without any file. They may be on a drive that is not connected, so that nothing in them counts as deleted. */
  readonly empty: readonly vscode.Uri[];
}

/** Number of files whose state is read concurrently. One at a time, ten thousand files would take too long. */
const statBatchSize = 64;

/**
 * One run over the folders of the workspace, in two stages.
 *
 * First the passages of all new or changed documents are indexed, which is quick and makes them searchable by words.
 * Then the models find relations and compute embeddings for the documents that the current models have not seen.
 *
 * @example
 * const run = new IndexRun({ client, engine, settings, log }, signal, events);
 * await run.run();
 * log.info(`${run.documentsRead} documents were new or changed`);
 */
export class IndexRun {
  /** Number of documents whose passages were indexed; the others were unchanged. */
  documentsRead = 0;
  /** Number of documents that the models have read. */
  documentsSearched = 0;
  /** Documents that were not read, or only in part. */
  readonly unread: UnreadDocuments;
  /** The {@link sourcesKey} with which the run began. */
  private reviewKey = '';

  constructor(
    private readonly parts: IndexRunParts,
    private readonly signal: AbortSignal,
    private readonly events: IndexRunEvents,
  ) {
    this.unread = new UnreadDocuments(parts.log);
  }

  /** @throws {CancelledError} after the signal aborts. Documents that were finished stay in the index. */
  async run(): Promise<void> {
    this.reviewKey = await sourcesKey(this.parts.review);
    const listing = await this.listFiles();
    const indexed = await this.knownDocuments();
    await this.removeDeleted(listing, indexed);
    await this.indexAllPassages(listing.files, indexed);
    await this.indexAllFindings(listing.files);
  }

  private async listFiles(): Promise<Listing> {
    const all: FileState[] = [];
    const empty: vscode.Uri[] = [];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const files = await supportedFiles(folder, this.parts.settings.languages);
      if (files.length === 0) empty.push(folder.uri);
      for (let from = 0; from < files.length; from += statBatchSize) {
        const states = files.slice(from, from + statBatchSize).map((uri) => this.fileState(uri));
        all.push(...(await Promise.all(states)).filter((state) => state !== undefined));
      }
    }
    return { files: all, empty };
  }

  private async fileState(uri: vscode.Uri): Promise<FileState | undefined> {
    try {
      const { mtime, ctime, size } = await vscode.workspace.fs.stat(uri);
      const stamp = [this.parts.version, mtime, ctime, size];
      // Another import decides anew which exports only repeat the review.
      if (this.reviewKey !== '' && mayBeExport(uri.path)) stamp.push(this.reviewKey);
      return { uri, stamp: stamp.join(' ') };
    } catch {
      // The file was deleted in the meantime.
      return undefined;
    }
  }

  /** Removes deleted files from the index. */
  private async removeDeleted({ files, empty }: Listing, indexed: KnownDocuments): Promise<void> {
    const { client, log } = this.parts;
    const names = new Set(files.map(({ uri }) => uri.toString()));
    const missing = [...indexed.keys()].filter((name) => !names.has(name));
    const isKept = (name: string) => {
      const file = fileOfDocument(vscode.Uri.parse(name)).toString();
      return empty.some((folder) => file.startsWith(`${folder.toString()}/`));
    };
    const deleted = missing.filter((name) => !isKept(name));
    if (deleted.length > 0) await client.request(removeMethod, deleted, this.signal);
    const kept = missing.length - deleted.length;
    if (kept > 0) log.info(`Index: kept ${kept} documents of folders in which no document is found.`);
  }

  /** Indexes the passages of new and changed files. */
  private async indexAllPassages(files: readonly FileState[], indexed: KnownDocuments): Promise<void> {
    const { written } = this.parts;
    const changed = files.filter(({ uri, stamp }) => {
      const name = uri.toString();
      return written.has(name) || indexed.get(name)?.stamp !== stamp;
    });
    const report = this.progressReporter(vscode.l10n.t('Reading'), changed.length);
    for (const [index, file] of changed.entries()) {
      throwIfCancelled(this.signal);
      await this.unread.skipFaulty(file.uri, () =>
        this.indexPassagesOf(file, indexed.get(file.uri.toString())),
      );
      if (index % 50 === 49) await this.reportStats();
      report(index + 1);
    }
    await this.reportStats();
  }

  private async indexPassagesOf(file: FileState, known: KnownDocument | undefined): Promise<void> {
    const { signal } = this;
    const { client, engine, version, written } = this.parts;
    const { uri } = file;
    const name = uri.toString();
    // Unsaved changes may be discarded, which leaves the file as it is.
    const stamp = openDocument(uri)?.isDirty === true ? '' : file.stamp;
    // A document that is written from here on is read again by the next run.
    written.delete(name);
    try {
      const read = await this.readText(uri);
      const content = contentOf(read, version);
      if (known?.content === content) {
        const document = { document: name, stamp };
        if (known.stamp !== stamp) await client.request(restampMethod, document, signal);
        return;
      }
      const report = await indexPassages(read, { stamp, content }, { client, engine, signal });
      this.documentsRead++;
      this.unread.note(uri, read.text, report);
    } catch (error) {
      written.add(name);
      throw error;
    }
  }

  /**
   * Runs the models on all outdated documents. Does nothing if no model is installed; a search by words still works.
   */
  private async indexAllFindings(files: readonly FileState[]): Promise<void> {
    const model = await this.loadModel('relation-extraction');
    this.events.onModel(model);
    const keyOf = (found: ModelInfo | undefined) => found && modelKey(found);
    // Relations connect terms of the user too.
    const relations = model && `${modelKey(model)}${await this.parts.terms.fingerprint()}`;
    const questions = keyOf(await this.loadModel('question-answering'));
    // Relations connect entities of the tagger, so another tagger gives other relations.
    const tagger = relations && keyOf(await this.loadModel('token-classification'));
    const found = `${relations ?? ''} ${questions ?? ''} ${tagger ?? ''}`.trim();
    if (found === '') return;
    // Another terminology links the names of relations to other concepts.
    const how = { signal: this.signal, priority: 'background' } as const;
    const terminology = relations ? await terminologyOf(this.parts.engine, how) : undefined;
    const models = `${found} ${terminologyKey(terminology)}`.trim();
    const indexed = await this.knownDocuments();
    const outdated = files.filter(({ uri }) => {
      const document = indexed.get(uri.toString());
      return document !== undefined && document.models !== models;
    });
    const report = this.progressReporter(vscode.l10n.t('Finding relations'), outdated.length);
    const options = {
      hasRelationModel: relations !== undefined,
      hasQuestionModel: questions !== undefined,
      models,
    };
    for (const [index, { uri }] of outdated.entries()) {
      throwIfCancelled(this.signal);
      await this.unread.skipFaulty(uri, () => this.indexFindingsOf(uri, options));
      this.documentsSearched++;
      if (isReportDue(index + 1)) {
        await this.reportStats();
        this.events.onRelations();
      }
      report(index + 1);
    }
    await this.reportStats();
  }

  private async indexFindingsOf(uri: vscode.Uri, options: FindingsOptions): Promise<void> {
    const { signal } = this;
    const { client, engine } = this.parts;
    await indexFindings(await this.readText(uri), options, { client, engine, signal });
  }

  private async readText(uri: vscode.Uri): Promise<IndexedDocument> {
    const text = await readDocument(uri, { maxBytes: this.parts.settings.maxFileBytes });
    const format = formatOfFile(uri, text);
    // A report is indexed as empty; otherwise it would be found as evidence of its own sentences. So are exports of the
    // review, whose papers would count twice.
    const { review } = this.parts;
    const isCopy = isOwnReport(text) || (review.exists && (await review.load().repeats(uri, text, format)));
    return { document: uri.toString(), text: isCopy ? '' : text, format };
  }

  /** @returns undefined if no model is installed for the task. */
  private async loadModel(task: ModelTask): Promise<ModelInfo | undefined> {
    try {
      return await this.parts.engine.load(this.signal, task);
    } catch (error) {
      if (!isMissingModel(error)) throw error;
      this.parts.log.info(`Index: goes without ${task}: ${describeError(error)}`);
      return undefined;
    }
  }

  private async knownDocuments(): Promise<KnownDocuments> {
    const documents = await this.parts.client.request(knownMethod, undefined, this.signal);
    return new Map(documents.map((each) => [each.document, each]));
  }

  private async reportStats(): Promise<void> {
    this.events.onStats(await this.parts.client.request(statsMethod, undefined, this.signal));
  }

  private progressReporter(label: string, total: number): (done: number) => void {
    const started = performance.now();
    return (done) => {
      const left = secondsLeft(performance.now() - started, done, total - done);
      const words = [
        `${label}: ${vscode.l10n.t('{0} of {1} documents', formatCount(done), formatCount(total))}`,
        ...(left === undefined || done === total ? [] : [timeLeftLabel(left)]),
      ].join(' · ');
      this.events.onWork({ label: words, fraction: done / total });
    };
  }
}

/** Whether new relations are reported after this many documents: often at first, later seldom, to save work. */
function isReportDue(searched: number): boolean {
  return searched % (searched < 50 ? 5 : 50) === 0;
}

/** Identifies what is indexed of a document. */
function contentOf({ text, format }: IndexedDocument, version: string): string {
  return `${version} ${format} ${textHash(text)}`;
}
