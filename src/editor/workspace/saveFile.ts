import * as vscode from 'vscode';

/** Asks the user for the location of a file. @returns undefined if the user cancelled. */
export async function chooseFile(name: string): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const defaultUri = folder ? vscode.Uri.joinPath(folder.uri, name) : vscode.Uri.file(name);
  return vscode.window.showSaveDialog({ defaultUri });
}

/**
 * Asks the user for a location and writes a file there.
 *
 * @returns the location; undefined if the user cancelled.
 */
export async function saveFile(name: string, content: Uint8Array): Promise<vscode.Uri | undefined> {
  const uri = await chooseFile(name);
  if (uri) await vscode.workspace.fs.writeFile(uri, content);
  return uri;
}
