import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { Imported } from '../../runtime/checkpoints/importMessages';
import { isRepository, listModel } from '../../runtime/hub/hubListing';
import { commandIds } from '../commandIds';
import { askForLabels, saveLabels } from '../models/labelQuestion';
import { type ImportWork, ModelStore } from '../models/modelStore';
import { announce } from './announce';
import type { CommandParts } from './parts';
import { withCancel } from './progress';
import { registerCommand } from './register';

type Parts = Pick<CommandParts, 'context' | 'settings' | 'log'>;

type Choice = vscode.QuickPickItem & { readonly choose?: () => Promise<string | undefined> };

/** Where the token for the hub is kept: never in settings, which are synchronised and shared. */
const tokenKey = 'biobert.hubToken';

/** Chooses the model that tags: the one that ships, one that was imported, or a new one. */
export function register(parts: Parts): vscode.Disposable {
  const store = new ModelStore(parts.context);
  return registerCommand(commandIds.selectModel, parts.log, async () => {
    const placeHolder = vscode.l10n.t('Choose the model that tags entities');
    const picked = await vscode.window.showQuickPick(await choices(store, parts), {
      placeHolder,
      matchOnDescription: true,
    });
    const folder = await picked?.choose?.();
    if (folder === undefined) return;
    const configuration = vscode.workspace.getConfiguration('biobert');
    await configuration.update('model.path', folder, vscode.ConfigurationTarget.Global);
    announce(vscode.l10n.t('The model of the tagger has changed.'));
  });
}

async function choices(store: ModelStore, parts: Parts): Promise<readonly Choice[]> {
  const stored = (await store.list()).filter(({ task }) => task === 'token-classification');
  const current = parts.settings.modelPath;
  const mark = (folder: string) => (folder === current ? vscode.l10n.t('in use') : '');
  return [
    {
      label: vscode.l10n.t('Compact BioBERT that ships'),
      description: mark(''),
      choose: () => Promise.resolve(''),
    },
    ...stored.map(({ folder, name }) => ({
      label: name,
      description: mark(folder),
      choose: () => Promise.resolve(folder),
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: vscode.l10n.t('Import a folder…'),
      detail: vscode.l10n.t('A model or checkpoint on this computer, as Hugging Face lays it out'),
      choose: () => fromDisk(store, 'folder'),
    },
    {
      label: vscode.l10n.t('Import a file…'),
      detail: vscode.l10n.t('An archive, safetensors, PyTorch weights or a TensorFlow checkpoint'),
      choose: () => fromDisk(store, 'file'),
    },
    {
      label: vscode.l10n.t('Download by name…'),
      detail: vscode.l10n.t('From the model hub of the setting biobert.hub.url'),
      choose: () => fromHub(store, parts),
    },
  ];
}

async function fromDisk(store: ModelStore, kind: 'folder' | 'file'): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: kind === 'file',
      canSelectFolders: kind === 'folder',
      openLabel: vscode.l10n.t('Import'),
    })) ?? [];
  if (!uri) return undefined;
  // What the engine loads as it is stays where it is.
  if (kind === 'folder' && (await hasGraph(uri.fsPath))) return uri.fsPath;
  const name = basename(uri.fsPath).replace(/\.(?:tar\.gz|tgz|tar|zip|safetensors|bin|pt|index)$/iu, '');
  return ready(await importing((work) => store.import(uri.fsPath, name, work)), name);
}

async function hasGraph(folder: string): Promise<boolean> {
  for (const name of ['model.onnx', 'onnx/model.onnx']) {
    if (await stat(join(folder, name)).catch(() => undefined)) return true;
  }
  return false;
}

async function fromHub(store: ModelStore, { context, settings }: Parts): Promise<string | undefined> {
  const repository = await vscode.window.showInputBox({
    title: vscode.l10n.t('Download by name…'),
    prompt: vscode.l10n.t('OWNER/NAME, as on the page of the model'),
    validateInput: (text) => (isRepository(text.trim()) ? undefined : vscode.l10n.t('It is OWNER/NAME.')),
  });
  if (repository === undefined) return undefined;
  const listing = async () => {
    const hub = { endpoint: settings.hubUrl, token: await context.secrets.get(tokenKey) };
    return { hub, model: await listModel(repository.trim(), hub) };
  };
  const { hub, model } = await listing().catch(async (error: unknown) => {
    if (!(error instanceof BioBertError) || error.code !== errorCodes.HUB_REFUSED) throw error;
    await askForToken(context, error);
    return listing();
  });
  const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0);
  const megabytes = Math.ceil(bytes / 1e6);
  const terms = model.license === '' ? vscode.l10n.t('no licence named') : model.license;
  const go = vscode.l10n.t('Download');
  const question = vscode.l10n.t('{0}: {1} MB, {2}', model.repository, megabytes, terms);
  if ((await vscode.window.showInformationMessage(question, { modal: true }, go)) !== go) return undefined;
  return ready(await importing((work) => store.download(model, hub, work)), model.repository);
}

/** @throws the refusal where the user gives no token. */
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

function importing(work: (parts: ImportWork) => Promise<Imported>): Promise<Imported> {
  return withCancel(vscode.l10n.t('Importing the model'), (signal, report) => work({ signal, report }));
}

/** @throws {BioBertError} MODEL_TASK_MISMATCH for a checkpoint that does not tag. */
async function ready({ folder, head, labels }: Imported, name: string): Promise<string> {
  if (head !== 'token-classification') {
    throw new BioBertError(
      errorCodes.MODEL_TASK_MISMATCH,
      vscode.l10n.t('{0} is imported, but it is no model that tags entities.', name),
      vscode.l10n.t('Choose a token classification model.'),
    );
  }
  const meanings = await askForLabels(labels, name);
  if (meanings) await saveLabels(folder, meanings);
  return folder;
}
