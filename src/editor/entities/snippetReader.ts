import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import { openDocument, readDocument } from '../documents/readDocument';
import { LineIndex } from '../../runtime/folder/lineIndex';
import { type Snippet, snippetIn, snippetOf, snippetReach } from './snippet';

/** Number of closed documents whose texts are cached for the visible rows. */
const maxCachedTexts = 8;

/** Reads the line and the surrounding text of mentions, from open documents and from files. */
export class SnippetReader {
  private readonly files = new Map<string, Promise<LineIndex>>();

  constructor(private readonly maxBytes: () => number) {}

  /** @returns undefined if the file cannot be read. */
  async read(document: string, span: Span): Promise<Snippet | undefined> {
    const uri = vscode.Uri.parse(document);
    const open = openDocument(uri);
    if (open) return snippetInDocument(open, span);
    try {
      return snippetIn(await this.lineIndexOf(uri), span);
    } catch {
      // The file was deleted or is locked. Its row is shown without a snippet.
      return undefined;
    }
  }

  clear(): void {
    this.files.clear();
  }

  private lineIndexOf(uri: vscode.Uri): Promise<LineIndex> {
    const name = uri.toString();
    const cached = this.files.get(name);
    if (cached) return cached;
    const index = readDocument(uri, { maxBytes: this.maxBytes() }).then((text) => new LineIndex(text));
    const [oldest] = this.files.keys();
    if (this.files.size >= maxCachedTexts && oldest !== undefined) this.files.delete(oldest);
    this.files.set(name, index);
    return index;
  }
}

function snippetInDocument(document: vscode.TextDocument, span: Span): Snippet {
  const from = Math.max(0, span.start - snippetReach);
  // Only the surroundings are copied, since a line may have a million characters.
  const start = document.positionAt(from);
  const around = document.getText(new vscode.Range(start, document.positionAt(span.end + snippetReach)));
  // VS Code moves a position out of a line break.
  const shift = document.offsetAt(start);
  const line = document.positionAt(span.start).line + 1;
  return snippetOf(line, around, { start: span.start - shift, end: span.end - shift });
}
