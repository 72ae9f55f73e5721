import type * as vscode from 'vscode';
import type { Entity, Relation } from '../../core/types';
import type { CallOptions, ModelInfo, RelationsRequest } from '../../protocol/engine';
import type { AnnotationStore } from '../annotations/annotationStore';
import { contains } from '../annotations/spans';
import { checkedText, formatOfDocument } from '../documents/documents';
import type { Settings } from '../settings';
import type { Tagging } from '../entities/tagging';
import type { EditLog, Moment } from '../annotations/editLog';
import type { PanelEngine } from '../engine/panelEngine';

export interface RelatingParts {
  readonly engine: PanelEngine;
  readonly tagging: Tagging;
  readonly store: AnnotationStore;
  readonly settings: Settings;
  readonly edits: EditLog;
}

/** What was found in one document, and when its offsets were right. */
export interface Related {
  readonly text: string;
  readonly moment: Moment;
  readonly relations: readonly Relation[];
  /** Pairs of names that the model was not asked about: those farthest apart where a sentence has very many. */
  readonly unasked: number;
  readonly model: ModelInfo;
  /** What was related, and the version of the document. */
  readonly entities: readonly Entity[];
  readonly version: number;
}

export interface RelateOptions {
  readonly signal: AbortSignal;
  /** In [0, 1]. */
  readonly onProgress: (fraction: number) => void;
}

/** Asks the engine how the marked entities of open documents are related. */
export class Relating {
  constructor(private readonly parts: RelatingParts) {}

  /** True where relations can be asked for without tagging first. */
  isTagged(document: vscode.TextDocument): boolean {
    const annotations = this.parts.store.get(document);
    return annotations !== undefined && contains(annotations.covered, whole(document));
  }

  /**
   * Tags the document where it is not, so that what is related is what is marked.
   *
   * @throws {CancelledError} after the signal aborts. @throws {BioBertError} as {@link Tagging.tagDocument}.
   */
  async relate(document: vscode.TextDocument, { signal, onProgress }: RelateOptions): Promise<Related> {
    const { engine, tagging, store, settings, edits } = this.parts;
    if (!this.isTagged(document)) await tagging.tagDocument(document, { signal });
    const text = checkedText(document.getText(), settings.maxFileSizeMB);
    const moment = edits.now(document.uri.toString());
    const entities = store.get(document)?.entities ?? [];
    const { version } = document;
    const options: CallOptions<'relations'> = {
      signal,
      onProgress: ({ done, total }) => onProgress(total > 0 ? Math.min(1, done / total) : 0),
    };
    const request = this.request(document, text, entities);
    const { relations, unasked, model } = await engine.relations(request, options);
    return { text, moment, relations, unasked, model, entities, version };
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

function whole(document: vscode.TextDocument): { readonly start: number; readonly end: number } {
  return { start: 0, end: document.getText().length };
}
