import type * as vscode from 'vscode';
import type { Entity } from '../core/types';
import type { Engine, EngineStatus } from '../protocol/engine';
import type { AnnotationStore } from './annotations/annotationStore';
import type { DocumentTagger } from './entities/documentTagger';

/**
 * The API for other extensions. Additions keep the version; a change that could break a caller increments it.
 * docs/library.md describes it for them, with an extension that uses it; the editor tests run that extension.
 *
 * @example
 * const extension = vscode.extensions.getExtension<BioBertApi>('biobert.biobert');
 * const api = await extension?.activate();
 * const entities = await api?.tagEntities(document);
 */
export interface BioBertApi {
  readonly version: 1;
  /** State of the engine: loading, ready, failed … */
  readonly engineStatus: EngineStatus;
  /**
   * Tags an open document, marks its entities and returns them. Offsets are UTF-16 code units in the text of the
   * document at the time when the promise resolves.
   *
   * @throws an error with a `code` (`BB…`) and a message; one named `CancelledError` when the document was closed.
   */
  tagEntities(document: vscode.TextDocument): Promise<readonly Entity[]>;
  /** Returns the entities of an open document, moved by edits; undefined if it was not tagged. */
  entitiesOf(document: vscode.TextDocument): readonly Entity[] | undefined;
}

export function createApi(
  engine: Engine,
  documentTagger: DocumentTagger,
  store: AnnotationStore,
): BioBertApi {
  return {
    version: 1,
    get engineStatus() {
      return engine.status;
    },
    tagEntities: async (document) => {
      await documentTagger.tagDocument(document);
      return store.get(document)?.entities ?? [];
    },
    entitiesOf: (document) => store.get(document)?.entities,
  };
}
