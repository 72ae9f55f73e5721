import type * as vscode from 'vscode';
import type { DocumentFormat } from '../../core/types';
import type { Engine, ModelInfo } from '../../protocol/engine';
import { formatOfFile } from '../documents/documents';
import { readDocument } from '../documents/readDocument';
import type { TaggedDocument } from '../../runtime/folder/record';
import type { Settings } from '../settings';

/** A document of the folder with its text. */
export interface FolderDocument {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly format: DocumentFormat;
}

/** The entities of a document, and the model that found them. */
interface Found extends TaggedDocument {
  readonly model: ModelInfo;
}

/** The entities of a document, with the decisions of the user. */
export interface FolderResult extends Found {
  readonly source: FolderDocument;
}

export interface FolderTaggerParts {
  readonly engine: Engine;
  readonly settings: Settings;
  /** Returns the entities that the index of the folder has. */
  readonly find: (document: FolderDocument) => Promise<Found | undefined>;
}

/** Gives the entities of the files of a folder: those of its index, or else what the model finds. */
export class FolderTagger {
  constructor(private readonly parts: FolderTaggerParts) {}

  /** @throws {BioBertError} if the file cannot be read, or the engine cannot work. */
  async tag(uri: vscode.Uri, signal: AbortSignal): Promise<FolderResult> {
    const text = await readDocument(uri, { maxBytes: this.parts.settings.maxFileBytes });
    const source = { uri, text, format: formatOfFile(uri, text) };
    const found = (await this.parts.find(source)) ?? (await this.run(source, signal));
    return { ...found, source };
  }

  private async run({ uri, text, format }: FolderDocument, signal: AbortSignal): Promise<Found> {
    const { engine, settings } = this.parts;
    const document = uri.toString();
    const minProbability = settings.minProbability(uri);
    const consistency = settings.consistency(uri);
    const link = settings.read('linking.enabled', uri);
    const options = { minProbability, consistency, link, priority: 'background' as const };
    try {
      return await engine.tag({ document, text, format, ...options }, { signal });
    } finally {
      engine.forget(document);
    }
  }
}
