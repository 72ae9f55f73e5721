import * as vscode from 'vscode';
import { throwIfCancelled } from '../../core/errors';
import { isOwnExport } from '../../core/curation/ownExports';
import { mayBeExport } from '../../core/documents/format';
import {
  completeMethod,
  knownMethod,
  removeMethod,
  restampMethod,
  statsMethod,
  type KnownDocument,
} from '../../protocol/indexMessages';
import { formatCount } from '../entities/countLabels';
import { formatOfFile } from '../documents/documents';
import { fileOfDocument } from '../documents/paperUri';
import { openDocument, readDocument } from '../documents/readDocument';
import { supportedFiles } from '../documents/supportedFiles';
import { contentKey } from '../../runtime/folder/contentKey';
import { FindingsRun } from './findingsRun';
import type { IndexRunEvents, IndexRunParts } from './indexRunParts';
import { fileShare } from './paperProgress';
import { sourcesKey } from './reviewSources';
import { UnreadDocuments } from './unreadDocuments';
import { indexPassages, type IndexedDocument } from '../../runtime/folder/indexDocument';

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
  /** Number of documents that the user leaves out. */
  readonly leftOut: number;
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
  /** Number of documents in the folders, without those that the user leaves out. */
  documentsFound = 0;
  /** Number of documents that the user leaves out. */
  documentsLeftOut = 0;
  /** Documents that were not read, or only in part. */
  readonly unread: UnreadDocuments;
  /** The second stage, which counts the documents that the models have read. */
  readonly findings: FindingsRun;
  /** The {@link sourcesKey} with which the run began. */
  private reviewKey = '';

  constructor(
    private readonly parts: IndexRunParts,
    private readonly signal: AbortSignal,
    private readonly events: IndexRunEvents,
  ) {
    this.unread = new UnreadDocuments(parts.log);
    this.findings = new FindingsRun(parts, signal, events, this.unread);
  }

  /** @throws {CancelledError} after the signal aborts. Documents that were finished stay in the index. */
  async run(): Promise<void> {
    this.reviewKey = await sourcesKey(this.parts.review);
    const listing = await this.listFiles();
    this.documentsFound = listing.files.length;
    this.documentsLeftOut = listing.leftOut;
    const indexed = await this.knownDocuments();
    await this.removeDeleted(listing, indexed);
    await this.indexAllPassages(listing.files, indexed);
    const uris = listing.files.map(({ uri }) => uri);
    await this.findings.run(uris, await this.knownDocuments(), (uri) => this.readText(uri));
    await this.reportStats();
    await this.parts.client.request(completeMethod, undefined, this.signal);
    await this.parts.marks.restore();
  }

  private async listFiles(): Promise<Listing> {
    const { leftOut, settings } = this.parts;
    await leftOut.refresh();
    const all: FileState[] = [];
    let omitted = 0;
    const empty: vscode.Uri[] = [];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const found = await supportedFiles(folder, settings.languages);
      if (found.length === 0) empty.push(folder.uri);
      const files = found.filter((uri) => !leftOut.has(uri));
      omitted += found.length - files.length;
      for (let from = 0; from < files.length; from += statBatchSize) {
        const states = files.slice(from, from + statBatchSize).map((uri) => this.fileState(uri));
        all.push(...(await Promise.all(states)).filter((state) => state !== undefined));
      }
    }
    return { files: all, leftOut: omitted, empty };
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

  /** Removes deleted files, and those that the user leaves out, from the index. */
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
    const report = this.fileReporter(changed.length);
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
      const content = contentKey(read, version);
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

  private async readText(uri: vscode.Uri): Promise<IndexedDocument> {
    const text = await readDocument(uri, { maxBytes: this.parts.settings.maxFileBytes });
    const format = formatOfFile(uri, text);
    // A file that this program wrote is indexed as empty; otherwise it would be found as evidence of its own sentences. So are
    // exports of the review, whose papers would count twice.
    const { review } = this.parts;
    const isCopy = isOwnExport(text) || (review.exists && (await review.load().repeats(uri, text, format)));
    return { document: uri.toString(), text: isCopy ? '' : text, format };
  }

  private async knownDocuments(): Promise<KnownDocuments> {
    const documents = await this.parts.client.request(knownMethod, undefined, this.signal);
    return new Map(documents.map((each) => [each.document, each]));
  }

  private async reportStats(): Promise<void> {
    this.events.onStats(await this.parts.client.request(statsMethod, undefined, this.signal));
  }

  private fileReporter(total: number): (done: number) => void {
    return (done) => {
      this.events.onWork({
        label: vscode.l10n.t('Looking through files: {0} of {1}', formatCount(done), formatCount(total)),
        fraction: (fileShare * done) / total,
      });
    };
  }
}
