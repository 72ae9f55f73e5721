import * as vscode from 'vscode';
import { checkServer } from '../../runtime/remote/inferenceClient';
import { commandIds } from '../commandIds';
import { announce } from './announce';
import type { CommandParts } from './parts';
import { withCancel } from '../progress';
import { registerCommand } from './registerCommand';

/** Sets the server that runs the models and its token, or switches back to this machine. */
export function register({
  server,
  settings,
  engine,
  log,
}: Pick<CommandParts, 'server' | 'settings' | 'engine' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.setUpServer, log, async () => {
    const url = await askForUrl(settings.engineUrl);
    if (url === undefined) return;
    if (url === '') return goBack();
    const { host } = checkServer({ url });
    const token = await askForToken(url, host);
    if (token === undefined) return;
    const chosen = await server.ask(url);
    if (chosen === 'stay') return goBack();
    if (chosen === undefined) return;
    await server.keep({ url, token: token === '' ? undefined : token });
    await withCancel(vscode.l10n.t('Connecting to {0}', host), (signal) => engine.load(signal));
    announce(vscode.l10n.t('{0} now runs the model.', host));
  });

  async function goBack(): Promise<void> {
    await server.leave();
    announce(vscode.l10n.t('This computer now runs the model.'));
  }
}

async function askForUrl(value: string): Promise<string | undefined> {
  const url = await vscode.window.showInputBox({
    title: vscode.l10n.t('Set Up Inference Server'),
    prompt: vscode.l10n.t(
      'Address of a server of the Open Inference Protocol, https://HOST:PORT. Empty: this computer.',
    ),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? undefined : problemOf({ url: text.trim() })),
  });
  return url?.trim();
}

/** @returns an empty string if the server needs no token; undefined if the user cancelled. */
async function askForToken(url: string, host: string): Promise<string | undefined> {
  const token = await vscode.window.showInputBox({
    title: vscode.l10n.t('Set Up Inference Server'),
    prompt: vscode.l10n.t('A token for {0}, kept in the secret storage of VS Code. Empty: none.', host),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => problemOf({ url, token: text.trim() }),
  });
  return token?.trim();
}

function problemOf(server: { readonly url: string; readonly token?: string }): string | undefined {
  try {
    checkServer(server);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
}
