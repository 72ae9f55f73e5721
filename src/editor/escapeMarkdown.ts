import * as vscode from 'vscode';

/** Escapes markup, links and icons, so that text of a document cannot become markup. Blanks stay breakable. */
export function escapeMarkdown(text: string): string {
  const folded = text.replace(/\s+/g, ' ').trim();
  return new vscode.MarkdownString().appendText(folded).value.replaceAll('&nbsp;', ' ');
}
