import type * as vscode from 'vscode';
import { placeAdded } from '../../core/curation/addedRelations';
import { describeError, type Logger } from '../log';
import { documentPath, documentUri } from '../workspace/workspaceFile';
import { readDocument } from '../documents/readDocument';
import type { EditLog } from '../annotations/editLog';
import { foundRelations } from './foundRelation';
import type { DocumentRelations } from './relationList';
import type { CurationStore } from '../workspace/curationStore';

export interface AddedRelationsParts {
  readonly curation: Pick<CurationStore, 'known' | 'onDidChange'>;
  readonly edits: EditLog;
  readonly maxBytes: () => number;
  readonly log: Logger;
}

/** The relations that the reader added by hand, where they stand in documents today. */
export class AddedRelations {
  readonly onDidChange: CurationStore['onDidChange'];

  constructor(private readonly parts: AddedRelationsParts) {
    this.onDidChange = parts.curation.onDidChange;
  }

  in(document: vscode.TextDocument): DocumentRelations {
    return this.placed(document.uri, () => document.getText());
  }

  /** Of all documents, open or not; one that cannot be read has none. */
  async everywhere(): Promise<readonly DocumentRelations[]> {
    const { curation, maxBytes, log } = this.parts;
    const found: DocumentRelations[] = [];
    for (const path of curation.known.documentsWithAdded) {
      const uri = documentUri(path);
      try {
        const text = await readDocument(uri, { maxBytes: maxBytes() });
        found.push(this.placed(uri, () => text));
      } catch (error) {
        log.info(`Added relations: passed over ${uri.path}: ${describeError(error)}`);
      }
    }
    return found;
  }

  private placed(uri: vscode.Uri, read: () => string): DocumentRelations {
    const document = uri.toString();
    const decisions = this.parts.curation.known.addedRelations(documentPath(document));
    const moment = this.parts.edits.now(document);
    if (decisions.length === 0) return { document, moment, relations: [] };
    const text = read();
    return { document, moment, relations: foundRelations(text, placeAdded(text, decisions)) };
  }
}
