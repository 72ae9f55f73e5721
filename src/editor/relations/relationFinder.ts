import type * as vscode from 'vscode';
import type { Entity, Relation } from '../../core/types';
import type { CallOptions, ModelInfo, RelationsRequest } from '../../protocol/engine';
import type { AnnotationStore } from '../annotations/annotationStore';
import { contains } from '../annotations/spans';
import { checkedText, formatOfDocument } from '../documents/documents';
import type { Settings } from '../settings';
import type { DocumentTagger } from '../entities/documentTagger';
import type { EditLog, DocumentVersion } from '../annotations/editLog';
import type { PanelEngine } from '../engine/panelEngine';

export interface RelationFinderParts {
  readonly engine: PanelEngine;
  readonly documentTagger: DocumentTagger;
  readonly store: AnnotationStore;
  readonly settings: Settings;
  readonly edits: EditLog;
}

/** The relations of one document, with the input that they were computed from. */
export interface FinderResult {
  readonly text: string;
  /** The document version that the offsets refer to. */
  readonly version: DocumentVersion;
  readonly relations: readonly Relation[];
  /** Pairs that the model did not see. In a sentence with very many pairs, the most distant ones are skipped. */
  readonly skippedPairs: number;
  readonly model: ModelInfo;
  /** The entities between which relations were sought. */
  readonly entities: readonly Entity[];
  /** `TextDocument.version` at the time of the request. */
  readonly textDocumentVersion: number;
}

export interface FindOptions {
  readonly signal: AbortSignal;
  /** Reports the finished fraction, in [0, 1]. */
  readonly onProgress: (fraction: number) => void;
}

/** Finds relations between the marked entities of open documents. */
export class RelationFinder {
  constructor(private readonly parts: RelationFinderParts) {}

  /** True if the whole document has been tagged, so that relations can be found without tagging first. */
  isTagged(document: vscode.TextDocument): boolean {
    const annotations = this.parts.store.get(document);
    return annotations !== undefined && contains(annotations.covered, wholeSpan(document));
  }

  /**
   * Finds the relations of a document. An untagged document is tagged first, so that relations always refer to marked
   * entities.
   *
   * @throws {CancelledError} after the signal aborts. @throws {BioBertError} as {@link DocumentTagger.tagDocument}.
   */
  async find(document: vscode.TextDocument, { signal, onProgress }: FindOptions): Promise<FinderResult> {
    const { engine, documentTagger, store, settings, edits } = this.parts;
    if (!this.isTagged(document)) await documentTagger.tagDocument(document, { signal });
    const text = checkedText(document.getText(), document.uri, settings.maxFileSizeMB);
    const version = edits.currentVersion(document.uri.toString());
    const entities = store.get(document)?.entities ?? [];
    const textDocumentVersion = document.version;
    const options: CallOptions<'relations'> = {
      signal,
      onProgress: ({ done, total }) => onProgress(total > 0 ? Math.min(1, done / total) : 0),
    };
    const request = this.request(document, text, entities);
    const { relations, skippedPairs, model } = await engine.relations(request, options);
    return { text, version, relations, skippedPairs, model, entities, textDocumentVersion };
  }

  private request(
    document: vscode.TextDocument,
    text: string,
    entities: readonly Entity[],
  ): RelationsRequest {
    const { settings } = this.parts;
    return {
      document: document.uri.toString(),
      text,
      format: formatOfDocument(document, text),
      entities: entities.filter(({ type }) => settings.isShown(type, document)),
    };
  }
}

function wholeSpan(document: vscode.TextDocument): { readonly start: number; readonly end: number } {
  return { start: 0, end: document.getText().length };
}
