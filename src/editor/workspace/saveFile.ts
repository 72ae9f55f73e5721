import * as vscode from 'vscode';

/**
 * Asks the user where, and writes.
 *
 * @returns where it was written; undefined when the user thought better of it.
 */
export async function saveFile(name: string, content: Uint8Array): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const defaultUri = folder ? vscode.Uri.joinPath(folder.uri, name) : vscode.Uri.file(name);
  const uri = await vscode.window.showSaveDialog({ defaultUri });
  if (uri) await vscode.workspace.fs.writeFile(uri, content);
  return uri;
}
