import type * as vscode from 'vscode';

/**
 * Scheme of the text of PDF, Word and Excel files. Such a file is no text document, so everywhere in the extension the
 * document is its text: `biobert-paper:/papers/smith.pdf (text)?file` for `file:///papers/smith.pdf`.
 */
export const paperScheme = 'biobert-paper';

/** Follows the file's name, so that a tab shows that it is the text. The language in package.json knows it. */
const suffix = ' (text)';

const paperName = /\.(?:pdf|docx|xlsx)$/i;

/** Whether a file is read as its extracted text, by its name. */
export function isPaperFile(uri: vscode.Uri): boolean {
  return uri.scheme !== paperScheme && paperName.test(uri.path);
}

/** The document of a file: for a paper the URI of its text, for any other file its own. */
export function documentOfFile(uri: vscode.Uri): vscode.Uri {
  if (!isPaperFile(uri)) return uri;
  return uri.with({ scheme: paperScheme, path: `${uri.path}${suffix}`, query: uri.scheme });
}

/** The file of a document. Inverse of {@link documentOfFile}. */
export function fileOfDocument(uri: vscode.Uri): vscode.Uri {
  if (uri.scheme !== paperScheme || !uri.path.endsWith(suffix)) return uri;
  const scheme = /^[a-z][a-z\d+.-]*$/i.test(uri.query) ? uri.query : 'file';
  return uri.with({ scheme, path: uri.path.slice(0, -suffix.length), query: '' });
}
