import type * as vscode from 'vscode';
import { formatOf } from '../../core/documents/format';
import type { DocumentFormat } from '../../core/types';
import type { Engine, ModelInfo } from '../../protocol/engine';
import type { CurationStore } from '../workspace/curationStore';
import { formatOfDocument } from '../documents/documents';
import { describeError, type Logger } from '../log';
import type { Settings } from '../settings';
import type { Tagging } from '../entities/tagging';
import { Ledger, type RecordKey, type Storage } from './ledger';
import { openDocument, readDocument } from '../documents/readDocument';
import type { TaggedDocument } from '../entities/record';
import { textHash, type TaggedFiles } from '../entities/taggedFiles';

export interface FolderTaggerParts {
  readonly engine: Engine;
  readonly tagging: Tagging;
  readonly settings: Settings;
  readonly files: TaggedFiles;
  readonly curation: CurationStore;
  readonly log: Logger;
}

/** One document on its way through a run. */
export interface Source {
  readonly text: string;
  readonly format: DocumentFormat;
}

const headLength = 1000;

/** Tags the files of one folder with one model, remembering each in a ledger. */
export class FolderTagger {
  private readonly ledger: Ledger;
  /** Read by `recall`, used by `tag` and `show`: a file is read once. */
  private readonly sources = new Map<string, Source>();
  private storageFailed = false;

  constructor(
    private readonly parts: FolderTaggerParts,
    readonly model: ModelInfo,
    storage: Storage,
  ) {
    this.ledger = new Ledger(storage);
  }

  /** @throws {BioBertError} when the file is unfit. */
  async recall(uri: vscode.Uri): Promise<TaggedDocument | undefined> {
    const source = await this.read(uri);
    this.sources.set(uri.toString(), source);
    return this.ledger.find(this.keyOf(uri, source));
  }

  async tag(uri: vscode.Uri, signal: AbortSignal): Promise<TaggedDocument> {
    const open = openDocument(uri);
    // What was typed since it was read counts; and the store is asked to follow what is typed from now on.
    const source = open ? sourceOf(open) : (this.sources.get(uri.toString()) ?? (await this.read(uri)));
    this.sources.set(uri.toString(), source);
    const result = open
      ? await this.parts.tagging.tagDocument(open, { signal })
      : await this.tagText(uri, source, signal);
    await this.keep(this.keyOf(uri, source), result);
    return result;
  }

  /** What {@link tag} read, until it is shown. */
  source(uri: vscode.Uri): Source | undefined {
    return this.sources.get(uri.toString());
  }

  /** Lists what is known of a document, and marks it where it is open. */
  show(uri: vscode.Uri, { entities, abbreviations }: TaggedDocument): void {
    const name = uri.toString();
    const text = this.sources.get(name)?.text ?? '';
    this.sources.delete(name);
    const { model } = this;
    const file = { uri, entities, abbreviations, model, textHash: textHash(text), textLength: text.length };
    this.parts.files.add(file);
  }

  /** Lets go of what a skipped file left. */
  skip(uri: vscode.Uri): void {
    this.sources.delete(uri.toString());
  }

  /** Called at the end of a whole run: what the folder does not hold any more is forgotten. */
  async prune(): Promise<void> {
    if (this.storageFailed) return;
    const removed = await this.ledger.prune();
    this.parts.log.debug(`Removed ${removed} records of documents that changed or went.`);
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
    const request = { document, text, format, minProbability, consistency, priority: 'background' as const };
    try {
      return await engine.tag(request, { signal });
    } finally {
      engine.forget(document);
    }
  }

  private async read(uri: vscode.Uri): Promise<Source> {
    const text = await readDocument(uri, { maxBytes: this.parts.settings.maxFileSizeMB * 1024 * 1024 });
    const open = openDocument(uri);
    return open
      ? sourceOf(open)
      : { text, format: formatOf({ fileName: uri.path, head: text.slice(0, headLength) }) };
  }

  private keyOf(uri: vscode.Uri, { text, format }: Source): RecordKey {
    const minProbability = this.parts.settings.minProbability(uri);
    const consistency = this.parts.settings.consistency(uri);
    // What was corrected since is to be seen, too.
    const modelHash = this.model.hash + this.parts.curation.known.fingerprint;
    return { text, format, minProbability, consistency, modelHash };
  }

  /** A full disk must not end a run: its results are on show, and only resuming is lost. */
  private async keep(key: RecordKey, tagged: TaggedDocument): Promise<void> {
    if (this.storageFailed) return;
    try {
      await this.ledger.keep(key, tagged);
    } catch (error) {
      this.storageFailed = true;
      this.parts.log.warn(`Results cannot be stored; this run cannot be resumed. ${describeError(error)}`);
    }
  }
}

function sourceOf(document: vscode.TextDocument): Source {
  const text = document.getText();
  return { text, format: formatOfDocument(document, text) };
}
