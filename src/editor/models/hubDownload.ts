import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { ModelTask } from '../../protocol/tasks';
import { listModel } from '../../runtime/hub/hubListing';
import type { Imported } from '../../runtime/checkpoints/importMessages';
import type { Settings } from '../settings';
import { withCancel } from '../progress';
import { askForRepository } from './askForRepository';
import type { ModelStore } from './modelStore';

export interface HubParts {
  readonly context: vscode.ExtensionContext;
  readonly settings: Settings;
  readonly store: ModelStore;
}

/**
 * Key of the hub token in the secret storage. The token is not a setting, because settings are synchronised and shared.
 */
const tokenKey = 'biobert.hubToken';

/**
 * Asks for a model name, shows the size and licence, and downloads the model after confirmation.
 * @returns `undefined` if the user cancels.
 * @throws {BioBertError} HUB_*, CHECKPOINT_*; {@link CancelledError}
 */
export async function downloadByName(
  task: ModelTask,
  { context, settings, store }: HubParts,
): Promise<Imported | undefined> {
  const repository = await askForRepository(task);
  if (repository === undefined) return undefined;
  const listing = async () => {
    const hub = { endpoint: settings.hubUrl, token: await context.secrets.get(tokenKey) };
    return { hub, model: await listModel(repository, hub) };
  };
  const { hub, model } = await listing().catch(async (error: unknown) => {
    if (!(error instanceof BioBertError) || error.code !== errorCodes.HUB_REFUSED) throw error;
    await askForToken(context, error);
    return listing();
  });
  const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0);
  const megabytes = Math.ceil(bytes / 1e6);
  const terms = model.license === '' ? vscode.l10n.t('licence unknown') : model.license;
  const go = vscode.l10n.t('Download');
  const question = vscode.l10n.t('{0}: {1} MB, {2}', model.repository, megabytes, terms);
  if ((await vscode.window.showInformationMessage(question, { modal: true }, go)) !== go) return undefined;
  return withCancel(vscode.l10n.t('Importing the model'), (signal, report) =>
    store.download(model, hub, { task, signal, report }),
  );
}

/** Asks for a token and stores it. @throws the given error if the user enters no token. */
async function askForToken(context: vscode.ExtensionContext, refusal: BioBertError): Promise<void> {
  const token = await vscode.window.showInputBox({
    title: refusal.message,
    prompt: vscode.l10n.t('A token of the hub, kept in the secret storage of VS Code'),
    password: true,
    ignoreFocusOut: true,
  });
  if (token === undefined || token.trim() === '') throw refusal;
  await context.secrets.store(tokenKey, token.trim());
}
