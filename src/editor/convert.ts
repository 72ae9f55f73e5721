/** The only place where spans of the core meet positions of the editor. */
import * as vscode from 'vscode';
import type { Span } from '../core/types';
import type { Edit } from '../core/text/edits';

export function toRange(document: vscode.TextDocument, span: Span): vscode.Range {
  return new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
}

export function toSpan(document: vscode.TextDocument, range: vscode.Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

export function toOffset(document: vscode.TextDocument, position: vscode.Position): number {
  return document.offsetAt(position);
}

/** In the order to apply them: each counts in the text that the ones before it left. */
export function toEdits(changes: readonly vscode.TextDocumentContentChangeEvent[]): Edit[] {
  // VS Code gives all changes of one event in offsets of the text before it; from the last to the first they do not
  // move each other.
  return [...changes]
    .sort((a, b) => b.rangeOffset - a.rangeOffset)
    .map(({ rangeOffset, rangeLength, text }) => ({
      start: rangeOffset,
      removed: rangeLength,
      inserted: text,
    }));
}

/** The editor cancels by a token, the engine by a signal. */
export function toSignal(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
