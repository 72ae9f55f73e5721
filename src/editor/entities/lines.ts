import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import { openDocument, readDocument } from '../documents/readDocument';
import { LineIndex, quote, type Snippet } from './snippet';

/** Texts of closed documents that are kept for the rows on show. */
const keptTexts = 8;

/** Finds the lines and quotes of mentions, in open documents and in files. */
export class Lines {
  private readonly files = new Map<string, Promise<LineIndex>>();

  constructor(private readonly maxBytes: () => number) {}

  /** @returns undefined where the text is out of reach or has changed so that the span is outside it. */
  async snippet(document: string, span: Span): Promise<Snippet | undefined> {
    const uri = vscode.Uri.parse(document);
    const open = openDocument(uri);
    if (open) return snippetOf(open, span);
    try {
      return (await this.file(uri)).snippetAt(span);
    } catch {
      // A deleted or locked file: its row stays, without a quote.
      return undefined;
    }
  }

  forget(): void {
    this.files.clear();
  }

  private file(uri: vscode.Uri): Promise<LineIndex> {
    const name = uri.toString();
    const known = this.files.get(name);
    if (known) return known;
    const made = readDocument(uri, { maxBytes: this.maxBytes() }).then((text) => new LineIndex(text));
    const [oldest] = this.files.keys();
    if (this.files.size >= keptTexts && oldest !== undefined) this.files.delete(oldest);
    this.files.set(name, made);
    return made;
  }
}

function snippetOf(document: vscode.TextDocument, span: Span): Snippet {
  const start = document.positionAt(span.start);
  const end = document.positionAt(span.end);
  // A line of a million characters is not copied for a quote of eighty.
  const from = new vscode.Position(start.line, Math.max(0, start.character - 120));
  const to = document.validatePosition(new vscode.Position(end.line, end.character + 120));
  const cutBefore = from.character > 0 ? '…' : '';
  const text = cutBefore + document.getText(new vscode.Range(from, to));
  const offset = cutBefore.length + span.start - document.offsetAt(from);
  return {
    line: start.line + 1,
    text: quote(text, { start: offset, end: offset + span.end - span.start }),
  };
}
