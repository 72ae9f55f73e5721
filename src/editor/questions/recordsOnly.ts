/** The setting that leaves drafts and notes out of the passages of a question. */
import * as vscode from 'vscode';

const section = 'biobert';
const name = 'questions.recordsOnly';

/** Whether questions about several documents read publications only. */
export function isRecordsOnly(): boolean {
  return vscode.workspace.getConfiguration(section).get<boolean>(name) === true;
}

/** Changes the setting in the workspace, or for the user if no folder is open. */
export async function setRecordsOnly(value: boolean): Promise<void> {
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration(section).update(name, value, target);
}

export function onDidChangeRecordsOnly(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${section}.${name}`)) listener();
  });
}
