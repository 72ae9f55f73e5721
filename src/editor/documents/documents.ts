import * as vscode from 'vscode';
import { formatOf } from '../../core/documents/format';
import { BioBertError, errorCodes } from '../../core/errors';
import type { DocumentFormat } from '../../core/types';

/** Enough to recognise an export that carries a general extension. */
const headLength = 1000;

const charactersPerMB = 1024 * 1024;

/** How the document is marked up. A notebook cell is read by its language alone: its path is the notebook's. */
export function formatOfDocument(
  document: vscode.TextDocument,
  text: string = document.getText(),
): DocumentFormat {
  const isCell = document.uri.scheme === 'vscode-notebook-cell';
  return formatOf({
    languageId: document.languageId,
    ...(isCell ? {} : { fileName: document.uri.path }),
    head: text.slice(0, headLength),
  });
}

/** @returns the text, when it may be tagged. @throws {BioBertError} when it is too large or not text. */
export function checkedText(text: string, maxFileSizeMB: number): string {
  if (text.length > maxFileSizeMB * charactersPerMB) {
    throw new BioBertError(
      errorCodes.DOCUMENT_TOO_LARGE,
      vscode.l10n.t('The document is larger than {0} MB.', maxFileSizeMB),
      vscode.l10n.t('Tag a part of it in a smaller file, or raise "biobert.limits.maxFileSizeMB".'),
    );
  }
  // As git and VS Code tell binary files: a zero byte near the beginning.
  if (text.slice(0, headLength).includes('\0')) {
    throw new BioBertError(
      errorCodes.DOCUMENT_BINARY,
      vscode.l10n.t('The document is not text.'),
      vscode.l10n.t('Open a text, Markdown, LaTeX, BibTeX, PubMed, RIS or JATS file.'),
    );
  }
  return text;
}

/**
 * The document of the active editor.
 *
 * @throws {BioBertError} when there is none. The editor keeps files over 50 MB from extensions: then a tab is
 * active, but no text editor is.
 */
export function activeDocument(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  if (document) return document;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText) {
    throw new BioBertError(
      errorCodes.DOCUMENT_TOO_LARGE,
      vscode.l10n.t('The editor does not hand documents this large to extensions.'),
      vscode.l10n.t('Split the file into parts of less than 50 MB.'),
    );
  }
  throw new BioBertError(
    errorCodes.DOCUMENT_UNREADABLE,
    vscode.l10n.t('No text document is open.'),
    vscode.l10n.t('Open a text, Markdown, LaTeX, BibTeX, PubMed, RIS or JATS file.'),
  );
}

/** Where a hover or live tagging makes sense: one of the user's languages, and a text that somebody reads. */
export function isReadable(document: vscode.TextDocument, languages: readonly string[]): boolean {
  return document.uri.scheme !== 'output' && languages.includes(document.languageId);
}
