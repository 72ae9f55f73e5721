import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Settings } from '../settings';
import { type ModelTask, modelTasks } from '../../protocol/tasks';
import { taskName } from './modelTasks';
import type { StoredModel } from './modelStore';

/** The source of a model: shipped, imported earlier, or to be imported now. */
export type ModelSource =
  | { readonly kind: 'shipped' }
  | { readonly kind: 'stored'; readonly model: StoredModel }
  | { readonly kind: 'folder' | 'file' | 'hub' };

type TaskChoice = vscode.QuickPickItem & { readonly task: ModelTask };
type SourceChoice = vscode.QuickPickItem & { readonly source?: ModelSource };

/** Asks for a task. @returns `undefined` if the user cancels. */
export async function chooseTask(
  settings: Settings,
  stored: readonly StoredModel[],
): Promise<ModelTask | undefined> {
  const choices = modelTasks.map((task): TaskChoice => {
    const folder = settings.modelFolder(task);
    const chosenName = stored.find((model) => model.folder === folder)?.name ?? basename(folder);
    return { label: taskName(task), description: folder === '' ? shippedName() : chosenName, task };
  });
  const placeHolder = vscode.l10n.t('Choose another model for …');
  return (await vscode.window.showQuickPick(choices, { placeHolder }))?.task;
}

/** Asks for a model for the task. @returns `undefined` if the user cancels. */
export async function chooseSource(
  task: ModelTask,
  settings: Settings,
  stored: readonly StoredModel[],
): Promise<ModelSource | undefined> {
  const current = settings.modelFolder(task);
  const mark = (folder: string) => (folder === current ? vscode.l10n.t('in use') : '');
  const imported = stored.filter((model) => model.task === task);
  const choices: SourceChoice[] = [
    { label: shippedName(), description: mark(''), source: { kind: 'shipped' } },
    ...imported.map((model): SourceChoice => ({
      label: model.name,
      description: mark(model.folder),
      source: { kind: 'stored', model },
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: vscode.l10n.t('Import a folder…'),
      detail: vscode.l10n.t('A model or checkpoint on this computer, as Hugging Face lays it out'),
      source: { kind: 'folder' },
    },
    {
      label: vscode.l10n.t('Import a file…'),
      detail: vscode.l10n.t('An archive, safetensors, PyTorch weights or a TensorFlow checkpoint'),
      source: { kind: 'file' },
    },
    {
      label: vscode.l10n.t('Download…'),
      detail: vscode.l10n.t('From the model hub of the setting biobert.hub.url'),
      source: { kind: 'hub' },
    },
  ];
  const placeHolder = `${vscode.l10n.t('Choose a model')}: ${taskName(task)}`;
  return (await vscode.window.showQuickPick(choices, { placeHolder, matchOnDescription: true }))?.source;
}

function shippedName(): string {
  return vscode.l10n.t('Compact BioBERT (built in)');
}
