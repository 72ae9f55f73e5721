import * as vscode from 'vscode';
import { checkServer } from '../../runtime/remote/inferenceClient';
import { announce } from '../commands/announce';
import type { CommandParts } from '../commands/parts';
import { withCancel } from '../progress';

type Parts = Pick<CommandParts, 'server' | 'settings' | 'engine'>;

/** Sets the server that runs the models and its token, or switches back to this machine. */
export async function run({ server, settings, engine }: Parts): Promise<void> {
  const url = await askForUrl(settings.engineUrl);
  if (url === undefined) return;
  if (url === '') return goBack({ server });
  const { host } = checkServer({ url });
  const token = await askForToken(url, host);
  if (token === undefined) return;
  const chosen = await server.ask(url);
  if (chosen === 'stay') return goBack({ server });
  if (chosen === undefined) return;
  await server.keep({ url, token: token === '' ? undefined : token });
  await withCancel(vscode.l10n.t('Connecting to {0}', host), (signal) => engine.load(signal));
  announce(vscode.l10n.t('{0} now runs the model.', host));
}

async function goBack({ server }: Pick<Parts, 'server'>): Promise<void> {
  await server.leave();
  announce(vscode.l10n.t('This computer now runs the model.'));
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
