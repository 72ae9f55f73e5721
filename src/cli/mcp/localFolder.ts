import { isCancelled } from '../../core/errors';
import type { ConceptEntry, ModelInfo } from '../../protocol/engine';
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
import { patienceMs } from '../../runtime/assistant/patience';
import { rankRecords } from '../../runtime/assistant/rankRecords';
import type { DocumentEntities } from '../../runtime/folder/grouping';
import { ReviewFolder } from '../../runtime/review/reviewFolder';
import type { ScreeningClient } from '../../runtime/screening/screeningClient';
import { BackgroundRun } from './backgroundRun';
import type { FileText } from './folderFiles';
import { FolderUpdate, type FolderUpdateParts } from './folderUpdate';
import { LocalEntities } from './localEntities';
import { curationOf, evidenceOf } from './ownFiles';

export interface LocalFolderParts extends FolderUpdateParts {
  /** The name under which the decisions of the user are stored. */
  readonly reviewer: string;
  readonly screening: ScreeningClient;
  /** Time that a call waits for documents to be read, in milliseconds. Default: {@link patienceMs}. */
  readonly patienceMs?: number | undefined;
}

/** A folder of this machine for the tools of assistants. It reads what is new when a tool is called. */
export class LocalFolder implements FolderSource {
  private readonly update: FolderUpdate;
  private readonly indexed: IndexedFolder;
  private readonly found: LocalEntities;
  private readonly reading: BackgroundRun;

  constructor(private readonly parts: LocalFolderParts) {
    this.update = new FolderUpdate(parts);
    this.reading = new BackgroundRun((signal) => this.update.run(signal));
    const { client, engine } = parts;
    const read = this.read.bind(this);
    this.found = new LocalEntities({ client, read });
    this.indexed = new IndexedFolder({
      client,
      engine,
      read,
      curation: () => curationOf(parts.files.folder),
      version: parts.version,
      pathOf: (document) => this.pathOf(document),
    });
  }

  /** Stops reading. What is read stays in the index. */
  dispose(): Promise<void> {
    return this.reading.stop();
  }

  async refresh(signal: AbortSignal): Promise<FolderState> {
    await this.reading.wait(this.parts.patienceMs ?? patienceMs, signal);
    await this.indexed.refresh(signal);
    return this.update.state;
  }

  documents(): Promise<readonly string[]> {
    return Promise.resolve(this.update.documents);
  }

  async entities(signal: AbortSignal, only?: ReadonlySet<string>): Promise<readonly DocumentEntities[]> {
    const { documents } = this.update;
    this.found.keep(documents);
    const wanted = only ? documents.filter((document) => only.has(document)) : documents;
    return this.found.of(wanted, await curationOf(this.parts.files.folder), signal);
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

  prose(...asked: Parameters<FolderSource['prose']>): ReturnType<FolderSource['prose']> {
    return this.indexed.prose(...asked);
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
}
