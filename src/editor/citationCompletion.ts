import * as vscode from 'vscode';
import { citationSyntax, citingLanguages, typedKey } from '../core/review/citationSyntax';
import type { BibliographyAddition } from '../core/review/draftBibliography';
import type { Citation } from '../core/review/findCitations';
import { reviewCommandIds } from './commandIds';
import type { ReviewAccess } from './reviewAccess';

/** Number of records in a list of completions; further typing asks for others. */
const maxItems = 200;

/** Number of characters in a row of the list. A longer text hides author and year at its end. */
const rowLength = 42;

/** Completes citation keys after `@`, or in `\cite{…}` of LaTeX, while the folder has a review. */
export function citationCompletion(review: Pick<ReviewAccess, 'exists' | 'load'>): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    [...citingLanguages],
    {
      provideCompletionItems: async (document, position) => {
        const syntax = citationSyntax(document.languageId);
        if (!review.exists || !syntax) return undefined;
        const typed = typedKey(document.lineAt(position).text.slice(0, position.character), syntax);
        if (typed === undefined) return undefined;
        const loaded = review.load();
        const found = await loaded.citations(typed, maxItems);
        const addition = found.length > 0 ? await loaded.bibliographyAddition(document) : undefined;
        const range = new vscode.Range(position.translate(0, -typed.length), position);
        const place: Place = {
          range,
          typed,
          line: addition?.line,
          edits: addition && editsOf(document, addition),
        };
        const items = found.map((citation, index) => completionItem(citation, index, place));
        return new vscode.CompletionList(items, true);
      },
    },
    '@',
    '{',
    ',',
  );
}

/** The place at which a key is completed. */
interface Place {
  readonly range: vscode.Range;
  readonly typed: string;
  /** The line that names the bibliography, if the draft gets it with the key. */
  readonly line: string | undefined;
  readonly edits: vscode.TextEdit[] | undefined;
}

function completionItem(
  { key, label, authors, title, journal }: Citation,
  index: number,
  { range, typed, line, edits }: Place,
): vscode.CompletionItem {
  const { Reference } = vscode.CompletionItemKind;
  const item = new vscode.CompletionItem(
    { label: key, detail: ` ${beginning(title, rowLength - key.length - label.length)}`, description: label },
    Reference,
  );
  item.detail = title;
  item.documentation = [authors.join(', '), journal].filter((text) => text !== '').join('\n\n');
  item.range = range;
  // VS Code looks for the typed text in the first 128 characters. What the review has found begins with it, so that a word at
  // the end of a title counts, and all items match equally well: the order is that of the review.
  item.filterText = [typed, key, label, ...authors, title].join(' ').trimStart();
  item.sortText = String(index).padStart(4, '0');
  if (edits) item.additionalTextEdits = edits;
  item.command = { command: reviewCommandIds.reviewInsertCitation, title: '', arguments: [key, line] };
  return item;
}

/** They are a part of the edit that inserts the key, so that one Undo takes both back. */
function editsOf(document: vscode.TextDocument, { insertions }: BibliographyAddition): vscode.TextEdit[] {
  return insertions.map(({ offset, text }) => vscode.TextEdit.insert(document.positionAt(offset), text));
}

/** The first words of a title, in full length if they fit. */
function beginning(title: string, length: number): string {
  return title.length <= length ? title : `${title.slice(0, Math.max(0, length - 1)).trimEnd()}…`;
}
