import * as path from 'node:path';
import * as vscode from 'vscode';
import { ownFolderName } from '../../../core/curation/ownFolder';
import type { RunCommand } from '../reviewTools';

/** Opens `review.json` beside, where a JSON schema completes and checks criteria, keywords and the form. */
export const run: RunCommand = async (tools) => {
  const { folder } = await tools.session.open();
  const file = vscode.Uri.file(path.join(folder, ownFolderName, 'review.json'));
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
};
