import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import { openDocument, readDocument } from '../documents/readDocument';
import { LineIndex, quote, type Snippet } from './snippet';

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
    if (open) return snippetOf(open, span);
    try {
      return (await this.lineIndexOf(uri)).snippetAt(span);
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

function snippetOf(document: vscode.TextDocument, span: Span): Snippet {
  const start = document.positionAt(span.start);
  const end = document.positionAt(span.end);
  // Only the surroundings are copied, since a line may have a million characters.
  const from = new vscode.Position(start.line, Math.max(0, start.character - 120));
  const to = document.validatePosition(new vscode.Position(end.line, end.character + 120));
  const prefix = from.character > 0 ? '…' : '';
  const text = prefix + document.getText(new vscode.Range(from, to));
  const offset = prefix.length + span.start - document.offsetAt(from);
  return {
    line: start.line + 1,
    text: quote(text, { start: offset, end: offset + span.end - span.start }),
  };
}
