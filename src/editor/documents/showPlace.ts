import * as vscode from 'vscode';
import { notebookOf } from './notebookCells';

/**
 * Shows a place in a document, also in a cell of a notebook.
 *
 * @returns the editor; undefined for a cell that VS Code has not opened for editing yet.
 */
export async function showPlace(
  document: vscode.TextDocument,
  options: vscode.TextDocumentShowOptions,
): Promise<vscode.TextEditor | undefined> {
  if (!notebookOf(document.uri)) return await vscode.window.showTextDocument(document, options);
  // `showTextDocument` finds no editor for a cell, which is shown in that of its notebook.
  await vscode.commands.executeCommand('vscode.open', document.uri, options);
  return vscode.window.visibleTextEditors.find((editor) => editor.document === document);
}
