import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { editorText } from './editorText';
import { paperError } from './paperFiles';
import { paperScheme } from './paperUri';

export interface ReadOptions {
  readonly maxBytes: number;
}

/**
 * Returns the text of a document: the open document with its unsaved changes, or else the decoded file. Files are not
 * opened as documents, since VS Code would notify every extension of each of them.
 *
 * @throws {BioBertError} DOCUMENT_TOO_LARGE, DOCUMENT_BINARY or DOCUMENT_UNREADABLE.
 */
export async function readDocument(uri: vscode.Uri, { maxBytes }: ReadOptions): Promise<string> {
  const open = openDocument(uri);
  if (open) return open.getText();
  const bytes = await readFile(uri, maxBytes);
  const encoding = vscode.workspace.getConfiguration('files', uri).get<string>('encoding') ?? 'utf8';
  // Other encodings are rare and are left to VS Code.
  if (!encoding.startsWith('utf')) return (await vscode.workspace.openTextDocument(uri)).getText();
  const text = editorText(bytes);
  if (text !== undefined) return text;
  throw new BioBertError(
    errorCodes.DOCUMENT_BINARY,
    vscode.l10n.t('The file is not text.'),
    vscode.l10n.t('Leave it out, or save it as text.'),
  );
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const name = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === name);
}

async function readFile(uri: vscode.Uri, maxBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size <= maxBytes) return await vscode.workspace.fs.readFile(uri);
  } catch (cause) {
    const failure = uri.scheme === paperScheme ? paperError(cause) : undefined;
    throw (
      failure ??
      new BioBertError(
        errorCodes.DOCUMENT_UNREADABLE,
        vscode.l10n.t('The file cannot be read.'),
        vscode.l10n.t('Check that it still exists and that you may read it.'),
        { cause },
      )
    );
  }
  throw new BioBertError(
    errorCodes.DOCUMENT_TOO_LARGE,
    vscode.l10n.t('The file is larger than {0} MB.', Math.round(maxBytes / 1e5) / 10),
    vscode.l10n.t('Raise "biobert.limits.maxFileSizeMB", or split the file.'),
  );
}
