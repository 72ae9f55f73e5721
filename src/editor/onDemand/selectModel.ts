import { basename } from 'node:path';
import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { Imported } from '../../runtime/checkpoints/importMessages';
import { downloadByName } from '../models/hubDownload';
import { chooseSource, chooseTask, type ModelSource } from '../models/modelChoices';
import { factsOf, saveTraining } from '../models/modelManifest';
import { ModelStore } from '../models/modelStore';
import { isModelTask, type ModelTask, taskTable } from '../../protocol/tasks';
import { nowUsed } from '../models/modelTasks';
import { askAboutTraining } from '../models/trainingQuestions';
import { announce } from '../commands/announce';
import type { CommandParts } from '../commands/parts';
import { withCancel } from '../progress';

type Parts = Pick<CommandParts, 'context' | 'settings' | 'log'>;

/** The chosen model folder and the task of its model. */
interface ChosenModel {
  readonly task: ModelTask;
  /** Empty for the shipped model. */
  readonly folder: string;
  readonly name: string;
}

/** Lets the user choose the model of a task: the shipped one, an imported one, or a new one to import. */
export async function run(parts: Parts, [named]: readonly unknown[]): Promise<void> {
  const store = new ModelStore(parts.context);
  const stored = await store.list();
  const task = isModelTask(named) ? named : await chooseTask(parts.settings, stored);
  const source = task && (await chooseSource(task, parts.settings, stored));
  const chosen = source && (await modelFrom(source, task, { ...parts, store }));
  if (!chosen) return;
  const configuration = vscode.workspace.getConfiguration('biobert');
  const setting = taskTable[chosen.task].setting;
  await configuration.update(setting, chosen.folder, vscode.ConfigurationTarget.Global);
  announce(nowUsed(chosen.task, chosen.name));
}

async function modelFrom(
  source: ModelSource,
  task: ModelTask,
  parts: Parts & { readonly store: ModelStore },
): Promise<ChosenModel | undefined> {
  switch (source.kind) {
    case 'shipped':
      return { task, folder: '', name: vscode.l10n.t('Compact BioBERT') };
    case 'stored':
      return { task, folder: source.model.folder, name: source.model.name };
    case 'hub': {
      const imported = await downloadByName(task, parts);
      return imported && checkImported(imported);
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
): Promise<ChosenModel | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: kind === 'file',
      canSelectFolders: kind === 'folder',
      openLabel: vscode.l10n.t('Import'),
    })) ?? [];
  if (!uri) return undefined;
  // A folder that the engine can load is used in place.
  if (kind === 'folder' && (await factsOf(uri.fsPath))) return checkModel(uri.fsPath);
  const name = basename(uri.fsPath).replace(/\.(?:tar\.gz|tgz|tar|zip|safetensors|bin|pt|index)$/iu, '');
  const imported = await withCancel(vscode.l10n.t('Importing the model'), (signal, report) =>
    store.import(uri.fsPath, name, { task, signal, report }),
  );
  return checkImported(imported);
}

/** Says what is unusual in the checkpoint; the import has succeeded. */
function checkImported({ folder, warnings }: Imported): Promise<ChosenModel> {
  for (const warning of warnings) void vscode.window.showWarningMessage(warning);
  return checkModel(folder);
}

/**
 * Checks which task a model is for, and asks the user for information that the folder lacks.
 *
 * @throws {BioBertError} MODEL_TASK_MISMATCH if the model is for none of the tasks.
 * @throws {CancelledError} if the user cancelled.
 */
async function checkModel(folder: string): Promise<ChosenModel> {
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
