import * as vscode from 'vscode';
import { isInOwnFolder } from '../../core/curation/ownFolder';
import type { ModelInfo } from '../../protocol/engine';
import { isRecord, isString } from '../../protocol/guards';
import { knownMethod, marksMethod, type FoundMarks } from '../../protocol/indexMessages';
import type { AnnotationStore, PendingResult } from '../annotations/annotationStore';
import { Disposable } from '../dispose';
import { formatOfDocument, formatOfFile } from '../documents/documents';
import type { LeftOutFiles } from '../documents/leftOutFiles';
import { openDocument, readDocument } from '../documents/readDocument';
import { decodeRecords } from '../../runtime/folder/record';
import type { TaggedFiles } from '../entities/taggedFiles';
import type { FolderDocument } from '../folder/folderTagger';
import { describeError, logFailure, type Logger } from '../log';
import { createPacer } from '../pacer';
import { curatedEntities } from '../../runtime/folder/curatedEntities';
import type { CurationStore } from '../workspace/curationStore';
import { contentKey, textHash } from '../../runtime/folder/contentKey';
import type { IndexClient } from '../../runtime/index/indexClient';
import type { FoundEntities, IndexedDocument } from '../../runtime/folder/indexDocument';
import { TaggingKeys, type TaggingKeysParts } from './taggingKeys';

export interface FolderMarksParts extends TaggingKeysParts {
  readonly client: Pick<IndexClient, 'exists' | 'request'>;
  readonly files: TaggedFiles;
  readonly store: AnnotationStore;
  readonly curation: Pick<CurationStore, 'load'>;
  readonly leftOut: Pick<LeftOutFiles, 'has'>;
  readonly log: Logger;
}

/** Number of documents in one request to the index. */
const batchSize = 20;

/**
 * Shows the entities that the index has: in each document that is opened, and in the lists of the folder. They are shown
 * if the document has the indexed text, and if model, terminology and settings are those of now.
 */
export class FolderMarks extends Disposable {
  private restoring: Promise<void> | undefined;

  constructor(private readonly parts: FolderMarksParts) {
    super();
    const show = (document: vscode.TextDocument): void =>
      logFailure(this.show(document), parts.log, 'showing marks of the index');
    this._register(vscode.workspace.onDidOpenTextDocument(show));
    for (const document of vscode.workspace.textDocuments) show(document);
  }

  /** Says how documents are tagged now. */
  tagging(): TaggingKeys {
    return new TaggingKeys(this.parts);
  }

  /** Marks an open document unless it has been tagged. */
  async show(document: vscode.TextDocument): Promise<void> {
    const { client, store, files } = this.parts;
    if (!client.exists || store.get(document) || files.get(document.uri)) return;
    if (document.isClosed || !isFile(document.uri)) return;
    const text = document.getText();
    await this.load({ uri: document.uri, text, format: formatOfDocument(document, text) });
  }

  /** The entities that the index has of a text, with the decisions of the user. Undefined if it has none. */
  async find(document: FolderDocument): Promise<FoundEntities | undefined> {
    if (!this.parts.client.exists) return undefined;
    const documents = [document.uri.toString()];
    const [found] = await this.parts.client.request(marksMethod, { documents });
    return found && this.decode(found, document, this.tagging());
  }

  /** Lists the entities of all documents of the index, once in a window. It does nothing without an index. */
  restore(): Promise<void> {
    if (!this.parts.client.exists) return Promise.resolve();
    this.restoring ??= this.restoreAll().catch((error: unknown) => {
      // The next call tries again.
      this.restoring = undefined;
      this.parts.log.warn(`Marks of the index: ${describeError(error)}`);
    });
    return this.restoring;
  }

  /**
   * Called before a document is tagged for the index. The result follows the edits that are made until
   * {@link publish}. The caller disposes it.
   *
   * @returns undefined for a document that is not open, or that is marked already.
   */
  expect(uri: vscode.Uri): PendingResult | undefined {
    const document = openDocument(uri);
    return document && !this.parts.store.get(document) ? this.parts.store.expectResult(document) : undefined;
  }

  /** Shows what was found in a document that is now in the index. */
  async publish({ document, ...source }: IndexedDocument, pending: PendingResult | undefined): Promise<void> {
    const found = await this.load({ uri: vscode.Uri.parse(document), ...source });
    if (!found) return;
    const { entities, abbreviations, model, terminology } = found;
    const covered = { start: 0, end: source.text.length };
    const counts = { sentences: 0, cached: 0, tokens: 0 };
    pending?.accept({ entities, abbreviations, covered, ...counts, model, terminology });
  }

  private async load(document: FolderDocument): Promise<FoundEntities | undefined> {
    const found = await this.find(document);
    if (found) this.add(document, found);
    return found;
  }

  private add({ uri, text }: FolderDocument, found: FoundEntities): void {
    const { entities, abbreviations, publications, terminology, model } = found;
    const stamp = { textHash: textHash(text), textLength: text.length };
    this.parts.files.add({ uri, entities, abbreviations, publications, terminology, model, ...stamp });
  }

  private async restoreAll(): Promise<void> {
    const { client, files, leftOut } = this.parts;
    const known = await client.request(knownMethod, undefined);
    const names = known.filter(({ models, papers }) => models !== '' && papers > 0);
    const missing = names
      .map(({ document }) => vscode.Uri.parse(document))
      .filter((uri) => isFile(uri) && !files.get(uri) && !leftOut.has(uri))
      .map((uri) => uri.toString());
    const keys = this.tagging();
    const pace = createPacer();
    for (let from = 0; from < missing.length; from += batchSize) {
      const documents = missing.slice(from, from + batchSize);
      for (const found of await client.request(marksMethod, { documents })) {
        await this.restoreOne(found, keys);
        await pace();
      }
    }
  }

  private async restoreOne(found: FoundMarks, keys: TaggingKeys): Promise<void> {
    const { files, settings, log } = this.parts;
    const uri = vscode.Uri.parse(found.document);
    try {
      const text = await readDocument(uri, { maxBytes: settings.maxFileBytes });
      const source = { uri, text, format: formatOfFile(uri, text) };
      const tagged = await this.decode(found, source, keys);
      if (tagged && !files.get(uri)) this.add(source, tagged);
    } catch (error) {
      // The file was deleted or has become too large. The next run over the folder says so.
      log.debug(`Marks of the index: ${describeError(error)}`);
    }
  }

  private async decode(
    { content, tagging, model: json, records }: FoundMarks,
    { uri, text, format }: FolderDocument,
    keys: TaggingKeys,
  ): Promise<FoundEntities | undefined> {
    if (content !== contentKey({ text, format }, this.parts.version)) return undefined;
    const { key, link = true } = await keys.optionsFor(uri);
    const tagged = tagging === key ? decodeRecords(records, text) : undefined;
    const model = modelOf(json);
    if (!tagged || !model) return undefined;
    const curation = await this.parts.curation.load();
    const covered = { start: 0, end: text.length };
    const entities = curatedEntities({ entities: tagged.entities, covered }, { text, link }, curation);
    return { ...tagged, entities, model };
  }
}

/**
 * Other documents do not belong to the folder, such as the earlier versions that the view of changes shows, and the files of
 * this program.
 */
function isFile({ scheme, path }: vscode.Uri): boolean {
  return !isInOwnFolder(path) && scheme !== 'output' && scheme !== 'git' && scheme !== 'untitled';
}

/** @returns undefined if another version of this program wrote it. */
function modelOf(json: string): ModelInfo | undefined {
  try {
    const value: unknown = JSON.parse(json);
    const isModel = isRecord(value) && isString(value['name']) && isString(value['hash']);
    return isModel && Array.isArray(value['measured']) ? (value as unknown as ModelInfo) : undefined;
  } catch {
    return undefined;
  }
}
