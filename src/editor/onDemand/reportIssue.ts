import * as os from 'node:os';
import * as vscode from 'vscode';
import { extensionVersion } from '../version';
import type { CommandParts } from '../commands/parts';
import { issueReport } from './issueReport';

type Parts = Pick<CommandParts, 'context' | 'engine' | 'settings' | 'log'>;

/** Opens an issue report as an unsaved document, so that the user can check it before sending it. */
export async function run(parts: Parts): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: 'markdown',
    content: report(parts),
  });
  await vscode.window.showTextDocument(document);
}

function report({ context, engine, settings, log }: Parts): string {
  return issueReport({
    extensionVersion: extensionVersion(context),
    editor: `${vscode.env.appName} ${vscode.version}`,
    platform: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    remote: remoteKind(vscode.env.remoteName),
    status: engine.status,
    settings: settings.nonDefault(),
    logLines: log.recentLines,
    privatePaths: [os.homedir(), ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)],
  });
}

/** Hides the names of remotes that contain an address. */
function remoteKind(name: string | undefined): string {
  if (name === undefined) return 'none';
  return /^[a-z-]+$/.test(name) ? name : 'other';
}
