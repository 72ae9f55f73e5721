import * as vscode from 'vscode';
import type { PmidQuery, SearchQuery } from '../../runtime/literature/literature';
import { readPmids } from '../../runtime/literature/pmids';

export interface AskedSearch {
  readonly query: SearchQuery | PmidQuery;
  /** As the user typed it. */
  readonly words: string;
}

/**
 * Asks for a search in the language of a database, or for PubMed identifiers.
 *
 * @param database As the user knows it: `PubMed`.
 * @returns undefined if the user cancelled.
 */
export async function askForSearch(database: string): Promise<AskedSearch | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Import from {0}', database),
    prompt: vscode.l10n.t('A search as you type it on the page of {0}, or PubMed identifiers.', database),
    placeHolder: 'metformin AND colorectal adenoma',
    ignoreFocusOut: true,
    validateInput: problemWith,
  });
  const words = typed?.trim() ?? '';
  if (words === '') return undefined;
  return { words, query: isList(words) ? { pmids: readPmids(words).pmids } : { search: words } };
}

/** Numbers of up to nine digits, in whatever way they are separated. A year alone is a word of a search. */
function isList(words: string): boolean {
  return /^(?:\d{5,9}|(?:PMID:?\s*)?\d{1,9}(?:[\s,;]+(?:PMID:?\s*)?\d{1,9})+|PMID:?\s*\d{1,9})$/i.test(words);
}

function problemWith(typed: string): string | undefined {
  const words = typed.trim();
  if (words === '') return vscode.l10n.t('Enter a search.');
  const invalid = isList(words) ? readPmids(words).invalid : [];
  return invalid.length > 0
    ? vscode.l10n.t('These are no PubMed identifiers: {0}', invalid.slice(0, 5).join(', '))
    : undefined;
}
