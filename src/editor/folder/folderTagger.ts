import type * as vscode from 'vscode';
import type { DocumentFormat } from '../../core/types';
import type { Engine, ModelInfo, TerminologyInfo } from '../../protocol/engine';
import { modelKey } from '../../protocol/modelName';
import { terminologyKey } from '../../protocol/terminology';
import type { CurationStore } from '../workspace/curationStore';
import type { TermFiles } from '../workspace/termFiles';
import { formatOfDocument, formatOfFile } from '../documents/documents';
import { describeError, type Logger } from '../log';
import type { Settings } from '../settings';
import type { DocumentTagger } from '../entities/documentTagger';
import { ResultCache, type RecordKey, type Storage } from './resultCache';
import { openDocument, readDocument } from '../documents/readDocument';
import type { TaggedDocument } from '../entities/record';
import { textHash, type TaggedFiles } from '../entities/taggedFiles';

export interface FolderTaggerParts {
  readonly engine: Engine;
  readonly documentTagger: DocumentTagger;
  readonly settings: Settings;
  readonly files: TaggedFiles;
  readonly curation: CurationStore;
  readonly terms: Pick<TermFiles, 'fingerprint'>;
  readonly log: Logger;
  /** The terminology that the engine links names to. Undefined without one. */
  readonly terminology: TerminologyInfo | undefined;
  /** The version of this extension. */
  readonly version: string;
}

/** The text of a document during a run. */
export interface Source {
  readonly text: string;
  readonly format: DocumentFormat;
}

/** Tags the files of one folder with one model, and stores the results in a cache on disk. */
export class FolderTagger {
  private readonly cache: ResultCache;
  /** Texts that were read by {@link findCached}, until {@link publish}. Each file is read once. */
  private readonly pendingSources = new Map<string, Source>();
  private hasStorageFailed = false;

  constructor(
    private readonly parts: FolderTaggerParts,
    readonly model: ModelInfo,
    storage: Storage,
  ) {
    this.cache = new ResultCache(storage);
  }

  /**
   * Returns the stored result for a file; undefined if its text, the model or the settings have changed.
   *
   * @throws {BioBertError} if the file cannot be read.
   */
  async findCached(uri: vscode.Uri): Promise<TaggedDocument | undefined> {
    const source = await this.read(uri);
    this.pendingSources.set(uri.toString(), source);
    return this.cache.find(await this.recordKey(uri, source));
  }

  async tag(uri: vscode.Uri, signal: AbortSignal): Promise<TaggedDocument> {
    const open = openDocument(uri);
    // An open document is tagged with its current text, and its annotations then follow further edits.
    const source = open
      ? openSource(open)
      : (this.pendingSources.get(uri.toString()) ?? (await this.read(uri)));
    this.pendingSources.set(uri.toString(), source);
    const result = open
      ? await this.parts.documentTagger.tagDocument(open, { signal })
      : await this.tagText(uri, source, signal);
    await this.store(await this.recordKey(uri, source), result);
    return result;
  }

  /** The key of a result. Results have the terms of the user marked, so other terms need another key. */
  private async recordKey(uri: vscode.Uri, source: Source): Promise<RecordKey> {
    const key = this.keyOf(uri, source);
    return { ...key, modelHash: `${key.modelHash} ${await this.parts.terms.fingerprint()}` };
  }

  /** Returns the text that was read for a file, until {@link publish}. */
  sourceOf(uri: vscode.Uri): Source | undefined {
    return this.pendingSources.get(uri.toString());
  }

  /** Adds a result to the list of entities, and marks the entities if the document is open. */
  publish(uri: vscode.Uri, { entities, abbreviations, terminology }: TaggedDocument): void {
    const name = uri.toString();
    const text = this.pendingSources.get(name)?.text ?? '';
    this.pendingSources.delete(name);
    const { model } = this;
    const stamp = { textHash: textHash(text), textLength: text.length };
    this.parts.files.add({ uri, entities, abbreviations, terminology, model, ...stamp });
  }

  /** Removes stored results of documents that changed or were deleted. Called at the end of a complete run. */
  async prune(): Promise<void> {
    if (this.hasStorageFailed) return;
    const removed = await this.cache.prune();
    this.parts.log.debug(`Removed ${removed} records of documents that changed or were deleted.`);
  }

  private async tagText(
    uri: vscode.Uri,
    { text, format }: Source,
    signal: AbortSignal,
  ): Promise<TaggedDocument> {
    const { engine, settings } = this.parts;
    const document = uri.toString();
    const minProbability = settings.minProbability(uri);
    const consistency = settings.consistency(uri);
    const link = settings.read('linking.enabled', uri);
    const options = { minProbability, consistency, link, priority: 'background' as const };
    const request = { document, text, format, ...options };
    try {
      return await engine.tag(request, { signal });
    } finally {
      engine.forget(document);
    }
  }

  private async read(uri: vscode.Uri): Promise<Source> {
    const text = await readDocument(uri, { maxBytes: this.parts.settings.maxFileBytes });
    const open = openDocument(uri);
    return open ? openSource(open) : { text, format: formatOfFile(uri, text) };
  }

  private keyOf(uri: vscode.Uri, { text, format }: Source): RecordKey {
    const minProbability = this.parts.settings.minProbability(uri);
    const consistency = this.parts.settings.consistency(uri);
    const isLinked = this.parts.settings.read('linking.enabled', uri);
    const terminology = isLinked ? `linked ${terminologyKey(this.parts.terminology)}` : '';
    // Results are stored with the decisions of the user applied, so other decisions need another key.
    const modelHash = `${modelKey(this.model)} ${this.parts.curation.current.fingerprint}`;
    const { version } = this.parts;
    return { text, format, minProbability, consistency, terminology, modelHash, version };
  }

  /** Stores a result. A failure, such as a full disk, does not end the run; it only cannot be resumed. */
  private async store(key: RecordKey, tagged: TaggedDocument): Promise<void> {
    if (this.hasStorageFailed) return;
    try {
      await this.cache.store(key, tagged);
    } catch (error) {
      this.hasStorageFailed = true;
      this.parts.log.warn(`Results cannot be stored; this run cannot be resumed. ${describeError(error)}`);
    }
  }
}

function openSource(document: vscode.TextDocument): Source {
  const text = document.getText();
  return { text, format: formatOfDocument(document, text) };
}
