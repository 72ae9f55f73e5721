import * as vscode from 'vscode';

/** The scheme of the documents that are cells of a notebook. Their path is that of the notebook. */
export const cellScheme = 'vscode-notebook-cell';

/**
 * The open notebook of a cell. Undefined for a document that is no cell.
 *
 * A notebook in a folder is read as a file, too, so its names may be known twice.
 */
export function notebookOf(document: vscode.Uri): vscode.NotebookDocument | undefined {
  if (document.scheme !== cellScheme) return undefined;
  const name = document.toString();
  return vscode.workspace.notebookDocuments.find((notebook) => namesOfCells(notebook).includes(name));
}

/** The names of the documents that have the text of a document: itself and, for a cell, its notebook and the other cells. */
export function namesInSameFile(document: vscode.Uri): readonly string[] {
  const notebook = notebookOf(document);
  return notebook ? [notebook.uri.toString(), ...namesOfCells(notebook)] : [document.toString()];
}

function namesOfCells(notebook: vscode.NotebookDocument): readonly string[] {
  return notebook.getCells().map(({ document }) => document.uri.toString());
}
