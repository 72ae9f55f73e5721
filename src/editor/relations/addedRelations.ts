import type * as vscode from 'vscode';
import { placeAdded } from '../../core/curation/addedRelations';
import { describeError, type Logger } from '../log';
import { documentPath, documentUri, isInWorkspace } from '../workspace/workspaceFile';
import { openDocument, readDocument } from '../documents/readDocument';
import type { EditLog } from '../annotations/editLog';
import { locateRelations } from '../../runtime/folder/locatedRelation';
import type { DocumentRelations } from './relationItem';
import type { CurationStore } from '../workspace/curationStore';

export interface AddedRelationsParts {
  readonly curation: Pick<CurationStore, 'current' | 'onDidChange'>;
  readonly edits: EditLog;
  readonly maxBytes: () => number;
  readonly log: Logger;
}

/** The relations that the user added by hand, with their current places in the documents. */
export class AddedRelations {
  readonly onDidChange: CurationStore['onDidChange'];

  constructor(private readonly parts: AddedRelationsParts) {
    this.onDidChange = parts.curation.onDidChange;
  }

  /** Returns the relations of an open document. */
  inDocument(document: vscode.TextDocument): DocumentRelations {
    return this.locate(document.uri, () => document.getText());
  }

  /**
   * Returns the relations of all documents, open or closed. Unreadable documents are skipped and logged. A document
   * outside the workspace counts only while it is open: the file of decisions must not make this extension read it.
   */
  async inAllDocuments(): Promise<readonly DocumentRelations[]> {
    const { curation, maxBytes, log } = this.parts;
    const relations: DocumentRelations[] = [];
    for (const path of curation.current.documentsWithAdded) {
      try {
        const uri = documentUri(path);
        if (!isInWorkspace(uri) && !openDocument(uri)) continue;
        const text = await readDocument(uri, { maxBytes: maxBytes() });
        relations.push(this.locate(uri, () => text));
      } catch (error) {
        log.info(`Added relations: skipped ${path}: ${describeError(error)}`);
      }
    }
    return relations;
  }

  private locate(uri: vscode.Uri, read: () => string): DocumentRelations {
    const document = uri.toString();
    const decisions = this.parts.curation.current.addedRelations(documentPath(document));
    const version = this.parts.edits.currentVersion(document);
    if (decisions.length === 0) return { document, version, relations: [] };
    const text = read();
    return { document, version, relations: locateRelations(text, placeAdded(text, decisions)) };
  }
}
