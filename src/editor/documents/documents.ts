import * as vscode from 'vscode';
import { isInOwnFolder } from '../../core/curation/ownFolder';
import { formatOf, headLength, isDocument } from '../../core/documents/format';
import { BioBertError, errorCodes } from '../../core/errors';
import type { DocumentFormat } from '../../core/types';
import { formatOfKind } from '../../runtime/papers/paper';
import { cellScheme } from './notebookCells';
import { fileOfDocument, paperScheme } from './paperUri';

const charactersPerMB = 1024 * 1024;

/** Returns the format of a document. For a notebook cell only the language counts, since its path is the notebook's. */
export function formatOfDocument(
  document: vscode.TextDocument,
  text: string = document.getText(),
): DocumentFormat {
  if (document.uri.scheme === paperScheme) return formatOfFile(document.uri, text);
  const isCell = document.uri.scheme === cellScheme;
  return formatOf({
    languageId: document.languageId,
    ...(isCell ? {} : { fileName: document.uri.path }),
    head: text.slice(0, headLength),
  });
}

/**
 * Returns the format of a file of the workspace that is not open.
 *
 * @throws {BioBertError} DOCUMENT_FORMAT_UNKNOWN for a table or a JSON file without records, which is data or settings.
 */
export function formatOfFile(uri: vscode.Uri, text: string): DocumentFormat {
  const isPaper = uri.scheme === paperScheme;
  const isSheet = isPaper && /\.xlsx$/i.test(fileOfDocument(uri).path);
  if (isPaper && !isSheet) return formatOfKind('pdf');
  // The text of a spreadsheet is a table of comma-separated values.
  const hints = { fileName: isSheet ? 'sheet.csv' : uri.path, head: text.slice(0, headLength) };
  if (isDocument(hints)) return isSheet ? formatOfKind('xlsx') : formatOf(hints);
  throw new BioBertError(
    errorCodes.DOCUMENT_FORMAT_UNKNOWN,
    vscode.l10n.t('The file has no records with titles.'),
    vscode.l10n.t('Leave it out, or name the columns of a table Title and Abstract.'),
  );
}

/** Returns the text of a document unchanged. @throws {BioBertError} if it is too large, binary or data of this program. */
export function checkedText(text: string, uri: vscode.Uri, maxFileSizeMB: number): string {
  if (isInOwnFolder(uri.path)) {
    throw new BioBertError(
      errorCodes.DOCUMENT_FORMAT_UNKNOWN,
      vscode.l10n.t('The file holds data of BioBERT and is no document.'),
      vscode.l10n.t('Open a text, a paper, or an export of a database or reference manager.'),
    );
  }
  if (text.length > maxFileSizeMB * charactersPerMB) {
    throw new BioBertError(
      errorCodes.DOCUMENT_TOO_LARGE,
      vscode.l10n.t('The document is larger than {0} MB.', maxFileSizeMB),
      vscode.l10n.t('Tag a part of it in a smaller file, or raise "biobert.limits.maxFileSizeMB".'),
    );
  }
  // Git and VS Code recognise binary files in the same way, by a zero byte near the beginning.
  if (text.slice(0, headLength).includes('\0')) {
    throw new BioBertError(
      errorCodes.DOCUMENT_BINARY,
      vscode.l10n.t('The document is not text.'),
      vscode.l10n.t('Open a text, a paper, or an export of a database or reference manager.'),
    );
  }
  return text;
}

/**
 * Returns the document of the active editor.
 *
 * @throws {BioBertError} if no text editor is active. VS Code hides documents over 50 MB from extensions: a tab is active then,
 * but no text editor.
 */
export function activeDocument(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  if (document) return document;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText) {
    throw new BioBertError(
      errorCodes.DOCUMENT_TOO_LARGE,
      vscode.l10n.t('VS Code gives extensions no documents of this size.'),
      vscode.l10n.t('Split the file into parts of less than 50 MB.'),
    );
  }
  throw new BioBertError(
    errorCodes.DOCUMENT_UNREADABLE,
    vscode.l10n.t('No text document is open.'),
    vscode.l10n.t('Open a text, a paper, or an export of a database or reference manager.'),
  );
}

/**
 * True for documents in the user's languages, except output channels and files of this program. Others are not tagged
 * automatically.
 */
export function isReadable(document: vscode.TextDocument, languages: readonly string[]): boolean {
  const { scheme, path } = document.uri;
  return scheme !== 'output' && !isInOwnFolder(path) && languages.includes(document.languageId);
}
