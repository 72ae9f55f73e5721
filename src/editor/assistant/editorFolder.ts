import * as path from 'node:path';
import * as vscode from 'vscode';
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
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
import { patienceMs, waitFor } from '../../runtime/assistant/patience';
import { rankRecords } from '../../runtime/assistant/rankRecords';
import type { DocumentEntities } from '../../runtime/folder/grouping';
import type { IndexClient } from '../../runtime/index/indexClient';
import { ReviewFolder } from '../../runtime/review/reviewFolder';
import { ScreeningClient } from '../../runtime/screening/screeningClient';
import type { CommandParts } from '../commands/parts';
import { Disposable } from '../dispose';
import { formatOfFile } from '../documents/documents';
import { readDocument } from '../documents/readDocument';
import { extensionVersion } from '../version';
import type { SkippedDocument } from '../folder/folderReader';
import { currentEvidence } from '../workspace/evidenceAccess';
import { documentPath } from '../workspace/workspaceFile';
import { reviewerName } from '../workspace/reviewerName';

export interface EditorFolderParts extends Pick<
  CommandParts,
  'context' | 'engine' | 'settings' | 'curation' | 'source' | 'index' | 'log'
> {
  readonly client: Pick<IndexClient, 'request'>;
}

/** The open folders for the tools of assistants: the index, marks and decisions that the views show. */
export class EditorFolder extends Disposable implements FolderSource {
  private readonly indexed: IndexedFolder;
  private readonly screening: ScreeningClient;
  private skipped: readonly SkippedDocument[] = [];
  private names: readonly string[] = [];

  constructor(private readonly parts: EditorFolderParts) {
    super();
    const { client, engine, curation, settings, context } = parts;
    this.indexed = new IndexedFolder({
      ...{ client, engine },
      curation: () => curation.load(),
      only: () => (settings.read('questions.recordsOnly') ? { recordsOnly: true } : undefined),
      read: (document, signal) => this.read(document, signal),
      version: extensionVersion(context),
      pathOf: documentPath,
    });
    const workerPath = context.asAbsolutePath(path.join('dist', 'screeningWorker.js'));
    this.screening = this._register(new ScreeningClient({ workerPath }));
  }

  async refresh(signal: AbortSignal): Promise<FolderState> {
    if (!vscode.workspace.workspaceFolders) throw noFolder();
    const reading = this.parts.index().read();
    let failure: Error | undefined;
    const noted = reading.then(({ skipped, error }) => {
      this.skipped = skipped;
      failure = error;
    });
    await waitFor(noted, patienceMs, signal);
    if (failure) throw failure;
    const known = await this.indexed.refresh(signal);
    this.names = known.map(({ document }) => document);
    const unreadable = this.skipped.map(({ uri, error }) => ({
      document: documentPath(uri.toString()),
      reason: error.userMessage,
    }));
    const read = known.filter(({ models }) => models !== '').length;
    return {
      documents: new Set([...this.names, ...this.skipped.map(({ uri }) => uri.toString())]).size,
      read,
      unreadable,
    };
  }

  documents(): Promise<readonly string[]> {
    return Promise.resolve(this.names);
  }

  async entities(_signal: AbortSignal, only?: ReadonlySet<string>): Promise<readonly DocumentEntities[]> {
    const { source } = this.parts;
    await source.restore();
    const names = new Set(this.names);
    return source.all().filter(({ document }) => names.has(document) && (only?.has(document) ?? true));
  }

  async relations(signal: AbortSignal): Promise<readonly FolderRelation[]> {
    const found = await this.indexed.relations(signal);
    return [...found, ...(await this.indexed.addedRelations(this.names, signal))];
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
    return currentEvidence(this.parts.log);
  }

  async review(): Promise<FolderReview | undefined> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (folder?.uri.scheme !== 'file') return undefined;
    const review = await ReviewFolder.open(folder.uri.fsPath);
    if (!review) return undefined;
    return { state: review.state, reviewer: reviewerName(), rank: rankRecords(this.screening) };
  }

  text(document: string, signal: AbortSignal): Promise<FolderText | undefined> {
    return this.indexed.text(document, signal);
  }

  prose(...asked: Parameters<FolderSource['prose']>): ReturnType<FolderSource['prose']> {
    return this.indexed.prose(...asked);
  }

  pathOf(document: string): string {
    return documentPath(document);
  }

  /** @returns undefined if the document cannot be read: it was deleted, or is too large by now. */
  private async read(
    document: string,
    signal: AbortSignal,
  ): Promise<Omit<FolderText, 'isIndexed'> | undefined> {
    throwIfCancelled(signal);
    const uri = vscode.Uri.parse(document);
    try {
      const text = await readDocument(uri, { maxBytes: this.parts.settings.maxFileBytes });
      return { text, format: formatOfFile(uri, text) };
    } catch (error) {
      if (error instanceof BioBertError) return undefined;
      throw error;
    }
  }
}

function noFolder(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('No folder is open.'),
    vscode.l10n.t('Open the folder with the papers and notes, then ask again.'),
  );
}
