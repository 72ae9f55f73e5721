import type * as vscode from 'vscode';
import type { Entity } from '../core/types';
import type { Engine, EngineStatus } from '../protocol/engine';
import type { AnnotationStore } from './annotations/annotationStore';
import type { Tagging } from './entities/tagging';

/**
 * What `vscode.extensions.getExtension('biobert.biobert')?.activate()` gives to other extensions. Additions keep the
 * version; a change that could break a caller raises it.
 */
export interface BioBertApi {
  readonly version: 1;
  /** What is happening to the model. */
  readonly engineStatus: EngineStatus;
  /**
   * Tags an open document, marks it, and gives its mentions, as offsets in UTF-16 code units into the text as it
   * stands when the promise resolves.
   *
   * @throws an error with a `code` (`BB…`) and a message; one named `CancelledError` when the document was closed.
   */
  tagEntities(document: vscode.TextDocument): Promise<readonly Entity[]>;
  /** The mentions known in an open document, moved by every edit; undefined before it was tagged. */
  entitiesOf(document: vscode.TextDocument): readonly Entity[] | undefined;
}

export function createApi(engine: Engine, tagging: Tagging, store: AnnotationStore): BioBertApi {
  return {
    version: 1,
    get engineStatus() {
      return engine.status;
    },
    tagEntities: async (document) => {
      await tagging.tagDocument(document);
      return store.get(document)?.entities ?? [];
    },
    entitiesOf: (document) => store.get(document)?.entities,
  };
}
