import * as vscode from 'vscode';
import type { ReadingReport } from '../../protocol/engine';

/** Says which parts of a document were read without some of their markup, one sentence for each reason. */
export function simplifiedMessages(
  document: vscode.TextDocument,
  { simplified = [] }: ReadingReport,
): readonly string[] {
  const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
  return simplified.map(({ limit, parts, start }) => {
    const line = document.positionAt(start).line + 1;
    return limit === 'markup'
      ? vscode.l10n.t(
          '{0}, line {1}: the markup takes too long to read, so it was read as plain text (places: {2}). Split the paragraph or list there.',
          name,
          line,
          parts,
        )
      : vscode.l10n.t(
          '{0}, line {1}: the macros would print too much text, so they were not expanded (places: {2}). Write the text out.',
          name,
          line,
          parts,
        );
  });
}
