import * as vscode from 'vscode';

/**
 * Whether a tab shows a document. VS Code keeps a document for some minutes after its last tab was closed. Only paths are
 * compared, because a notebook cell has the path of its notebook.
 */
export function hasTab({ path }: vscode.Uri): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => urisOf(input).some((uri) => uri.path === path));
}

function urisOf(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  const hasUri = input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook;
  return hasUri ? [input.uri] : [];
}
