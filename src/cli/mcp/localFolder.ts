import { isCancelled } from '../../core/errors';
import type { ConceptEntry, ModelInfo } from '../../protocol/engine';
import { marksMethod } from '../../protocol/indexMessages';
import type { ModelTask } from '../../protocol/tasks';
import type {
  FolderAnswer,
  FolderRelation,
  FolderReview,
  FolderSource,
  FolderState,
  FolderText,
} from '../../runtime/assistant/folderSource';
import { IndexedFolder } from '../../runtime/assistant/indexedFolder';
import { patienceMs, waitFor } from '../../runtime/assistant/patience';
import { rankRecords } from '../../runtime/assistant/rankRecords';
import { curatedEntities } from '../../runtime/folder/curatedEntities';
import type { DocumentEntities } from '../../runtime/folder/grouping';
import { decodeRecords } from '../../runtime/folder/record';
import { ReviewFolder } from '../../runtime/review/reviewFolder';
import type { ScreeningClient } from '../../runtime/screening/screeningClient';
import type { FileText } from './folderFiles';
import { FolderUpdate, type FolderUpdateParts } from './folderUpdate';
import { curationOf, evidenceOf } from './ownFiles';

export interface LocalFolderParts extends FolderUpdateParts {
  /** The name under which the decisions of the user are stored. */
  readonly reviewer: string;
  readonly screening: ScreeningClient;
  /** Time that a call waits for documents to be read, in milliseconds. Default: {@link patienceMs}. */
  readonly patienceMs?: number | undefined;
}

/** Number of documents in one request to the index. */
const batchSize = 20;

/** The entities of a document, while the index has the same. */
interface KnownEntities {
  readonly key: string;
  readonly entities: DocumentEntities | undefined;
}

/** A folder of this machine for the tools of assistants. It reads what is new when a tool is called. */
export class LocalFolder implements FolderSource {
  private readonly update: FolderUpdate;
  private readonly indexed: IndexedFolder;
  private readonly known = new Map<string, KnownEntities>();
  private readonly stopped = new AbortController();
  private running: Promise<void> | undefined;
  private failure: Error | undefined;

  constructor(private readonly parts: LocalFolderParts) {
    this.update = new FolderUpdate(parts);
    this.indexed = new IndexedFolder({
      client: parts.client,
      engine: parts.engine,
      curation: () => curationOf(parts.files.folder),
      read: (document, signal) => this.read(document, signal),
      version: parts.version,
      pathOf: (document) => this.pathOf(document),
    });
  }

  /** Stops reading. What is read stays in the index. */
  async dispose(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  async refresh(signal: AbortSignal): Promise<FolderState> {
    this.running ??= this.run();
    await waitFor(this.running, this.parts.patienceMs ?? patienceMs, signal);
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure;
    await this.indexed.refresh(signal);
    return this.update.state;
  }

  documents(): Promise<readonly string[]> {
    return Promise.resolve(this.update.documents);
  }

  async entities(signal: AbortSignal): Promise<readonly DocumentEntities[]> {
    const { documents } = this.update;
    const curation = await curationOf(this.parts.files.folder);
    for (const document of this.known.keys()) if (!documents.includes(document)) this.known.delete(document);
    const all: DocumentEntities[] = [];
    for (let from = 0; from < documents.length; from += batchSize) {
      const batch = documents.slice(from, from + batchSize);
      const marks = await this.parts.client.request(marksMethod, { documents: batch }, signal);
      for (const { document, content, tagging, records } of marks) {
        const key = JSON.stringify([content, tagging, curation.fingerprint]);
        const known = this.known.get(document);
        const read = known?.key === key ? undefined : await this.read(document, signal);
        if (read) {
          const { text } = read;
          const decoded = decodeRecords(records, text);
          const covered = { start: 0, end: text.length };
          const entities = decoded && {
            ...decoded,
            document,
            entities: curatedEntities({ entities: decoded.entities, covered }, { text }, curation),
          };
          this.known.set(document, { key, entities });
        }
        const found = this.known.get(document)?.entities;
        if (found) all.push(found);
      }
    }
    return all;
  }

  async relations(signal: AbortSignal): Promise<readonly FolderRelation[]> {
    const found = await this.indexed.relations(signal);
    return [...found, ...(await this.indexed.addedRelations(this.update.documents, signal))];
  }

  ask(question: string, signal: AbortSignal): Promise<FolderAnswer> {
    return this.indexed.ask(question, signal);
  }

  concepts(text: string, signal: AbortSignal): Promise<readonly ConceptEntry[]> {
    return this.indexed.concepts(text, signal);
  }

  model(task: ModelTask, signal: AbortSignal): Promise<ModelInfo | undefined> {
    return this.indexed.model(task, signal);
  }

  evidence(): ReturnType<FolderSource['evidence']> {
    return evidenceOf(this.parts.files.folder);
  }

  async review(): Promise<FolderReview | undefined> {
    const { files, reviewer } = this.parts;
    const review = await ReviewFolder.open(files.folder);
    return (
      review && {
        state: review.state,
        reviewer,
        rank: rankRecords(this.parts.screening),
      }
    );
  }

  text(document: string, signal: AbortSignal): Promise<FolderText | undefined> {
    return this.indexed.text(document, signal);
  }

  pathOf(document: string): string {
    return this.parts.files.pathOf(document);
  }

  /** @returns undefined if the document cannot be read: it was deleted, or is a link to another folder by now. */
  private async read(document: string, signal: AbortSignal): Promise<FileText | undefined> {
    try {
      return await this.parts.files.read(document, signal);
    } catch (error) {
      if (isCancelled(error)) throw error;
      return undefined;
    }
  }

  /** Never rejects: the error is for the next call, which may come much later. */
  private async run(): Promise<void> {
    try {
      await this.update.run(this.stopped.signal);
    } catch (error) {
      if (!isCancelled(error)) this.failure = error instanceof Error ? error : new Error(String(error));
    } finally {
      this.running = undefined;
    }
  }
}
