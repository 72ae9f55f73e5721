import * as os from 'node:os';
import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './register';
import { reportBody } from './reportBody';

type Parts = Pick<CommandParts, 'context' | 'engine' | 'settings' | 'log'>;

/** Opens a report as an unsaved document, to be read and shortened before it is sent anywhere. */
export function register(parts: Parts): vscode.Disposable {
  return registerCommand(commandIds.reportIssue, parts.log, async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: report(parts),
    });
    await vscode.window.showTextDocument(document);
  });
}

function report({ context, engine, settings, log }: Parts): string {
  const { version } = context.extension.packageJSON as { readonly version: string };
  return reportBody({
    extensionVersion: version,
    editor: `${vscode.env.appName} ${vscode.version}`,
    platform: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    remote: remoteKind(vscode.env.remoteName),
    status: engine.status,
    settings: settings.nonDefault(),
    logLines: log.lines,
    privatePaths: [os.homedir(), ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)],
  });
}

/** Of some remotes the name is an address: that is nobody's business. */
function remoteKind(name: string | undefined): string {
  if (name === undefined) return 'none';
  return /^[a-z-]+$/.test(name) ? name : 'other';
}
