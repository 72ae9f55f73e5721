import * as vscode from 'vscode';
import { fileOfDocument } from './paperUri';
import { shortNames } from './shortNames';

/** Short names of documents: the file name, with parent folders only where two documents would share a name. */
export class DocumentNames {
  private names: ReadonlyMap<string, string> = new Map();
  private documents: string[] = [];

  /** Replaces all documents. Naming them together keeps their names stable while results come in. */
  reset(documents: readonly string[]): void {
    this.documents = [...documents];
    this.update();
  }

  /** @param document `uri.toString()` */
  add(document: string): void {
    if (this.names.has(document)) return;
    this.documents.push(document);
    this.update();
  }

  nameOf(document: string): string {
    return this.names.get(document) ?? document;
  }

  private update(): void {
    const paths = new Map(
      this.documents.map((document) => [document, fileOfDocument(vscode.Uri.parse(document)).path]),
    );
    const names = shortNames([...new Set(paths.values())]);
    this.names = new Map(
      this.documents.map((document) => [document, names.get(paths.get(document) ?? '') ?? '']),
    );
  }
}
