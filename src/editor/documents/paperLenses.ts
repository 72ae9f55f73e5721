import * as vscode from 'vscode';
import { pageStarts } from '../../core/documents/paper';
import { commandIds } from '../commandIds';
import { fileOfDocument, paperScheme } from './paperUri';

/** Shows at each page of a paper's text its number, and opens the file itself. */
export function registerPaperLenses(): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider({ scheme: paperScheme }, { provideCodeLenses: lensesOf });
}

function lensesOf(document: vscode.TextDocument): vscode.CodeLens[] {
  const text = document.getText();
  const starts = pageStarts(text);
  if (starts.length === 0) return [lens(document, 0, openTitle(document.uri))];
  return starts.map(({ page, start }, index) => {
    const isTextless = !/[\p{L}\p{N}]/u.test(text.slice(text.indexOf(']', start), starts[index + 1]?.start));
    const title = isTextless
      ? vscode.l10n.t('Page {0} · no text, perhaps a scan · Open PDF', page)
      : vscode.l10n.t('Page {0} · Open PDF', page);
    return lens(document, start, title);
  });
}

function openTitle({ path }: vscode.Uri): string {
  const name = path.toLowerCase();
  if (name.includes('.docx')) return vscode.l10n.t('Open Word File');
  return name.includes('.xlsx') ? vscode.l10n.t('Open Excel File') : vscode.l10n.t('Open PDF');
}

function lens(document: vscode.TextDocument, offset: number, title: string): vscode.CodeLens {
  const at = document.positionAt(offset);
  const file = fileOfDocument(document.uri).toString();
  return new vscode.CodeLens(new vscode.Range(at, at), {
    title,
    command: commandIds.openPaper,
    arguments: [file],
  });
}
