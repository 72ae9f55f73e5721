import { basename } from 'node:path';
import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import { commandIds } from '../commandIds';
import { downloadByName } from '../models/hubDownload';
import { chooseSource, chooseTask, type ModelSource } from '../models/modelChoices';
import { factsOf, saveTraining } from '../models/modelManifest';
import { ModelStore } from '../models/modelStore';
import { isModelTask, type ModelTask, taskTable } from '../../protocol/tasks';
import { nowUsed } from '../models/modelTasks';
import { askAboutTraining } from '../models/trainingQuestions';
import { announce } from './announce';
import type { CommandParts } from './parts';
import { withCancel } from '../progress';
import { registerCommand } from './register';

type Parts = Pick<CommandParts, 'context' | 'settings' | 'log'>;

/** A folder to use, and the task that its model does. */
interface Chosen {
  readonly task: ModelTask;
  /** Empty: the model that ships. */
  readonly folder: string;
  readonly name: string;
}

/** Chooses the model of a task: the one that ships, one that was imported, or a new one. */
export function register(parts: Parts): vscode.Disposable {
  const store = new ModelStore(parts.context);
  return registerCommand(commandIds.selectModel, parts.log, async (named) => {
    const stored = await store.list();
    const task = isModelTask(named) ? named : await chooseTask(parts.settings, stored);
    const source = task && (await chooseSource(task, parts.settings, stored));
    const chosen = source && (await modelFrom(source, task, { ...parts, store }));
    if (!chosen) return;
    const configuration = vscode.workspace.getConfiguration('biobert');
    const setting = taskTable[chosen.task].setting;
    await configuration.update(setting, chosen.folder, vscode.ConfigurationTarget.Global);
    announce(nowUsed(chosen.task, chosen.name));
  });
}

async function modelFrom(
  source: ModelSource,
  task: ModelTask,
  parts: Parts & { readonly store: ModelStore },
): Promise<Chosen | undefined> {
  switch (source.kind) {
    case 'shipped':
      return { task, folder: '', name: vscode.l10n.t('Compact BioBERT') };
    case 'stored':
      return { task, folder: source.model.folder, name: source.model.name };
    case 'hub': {
      const imported = await downloadByName(task, parts);
      return imported && ready(imported.folder);
    }
    case 'folder':
    case 'file':
      return fromDisk(parts.store, source.kind, task);
  }
}

async function fromDisk(
  store: ModelStore,
  kind: 'folder' | 'file',
  task: ModelTask,
): Promise<Chosen | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: kind === 'file',
      canSelectFolders: kind === 'folder',
      openLabel: vscode.l10n.t('Import'),
    })) ?? [];
  if (!uri) return undefined;
  // What the engine loads as it is stays where it is.
  if (kind === 'folder' && (await factsOf(uri.fsPath))) return ready(uri.fsPath);
  const name = basename(uri.fsPath).replace(/\.(?:tar\.gz|tgz|tar|zip|safetensors|bin|pt|index)$/iu, '');
  const imported = await withCancel(vscode.l10n.t('Importing the model'), (signal, report) =>
    store.import(uri.fsPath, name, { task, signal, report }),
  );
  return ready(imported.folder);
}

/**
 * Asks what must be known of a folder's model, whichever task it does.
 * @throws {BioBertError} MODEL_TASK_MISMATCH for a model that does none of ours; {@link CancelledError}
 */
async function ready(folder: string): Promise<Chosen> {
  const facts = await factsOf(folder);
  if (!facts?.task) {
    throw new BioBertError(
      errorCodes.MODEL_TASK_MISMATCH,
      vscode.l10n.t('{0} has no last layer for entities, relations or questions.', basename(folder)),
      vscode.l10n.t('Choose a checkpoint that was fine-tuned for one of them.'),
    );
  }
  const { name, task } = facts;
  const training = await askAboutTraining(facts, task);
  if (training) await saveTraining(folder, task, training);
  return { task, folder, name };
}
