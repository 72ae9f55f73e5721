import * as vscode from 'vscode';
import type { ModelTask } from '../../protocol/engine';
import { isRepository } from '../../runtime/hub/hubListing';
import { curatedModels } from './curated';

type Choice = vscode.QuickPickItem & { readonly repository?: string };

/** Asks which model of the hub, of those that are known for the task or by any name. @returns `undefined` when the user turns away. */
export async function askForRepository(task: ModelTask): Promise<string | undefined> {
  const known = curatedModels.filter((model) => model.task === task);
  if (known.length === 0) return askForName();
  const choices = known.map(({ repository, training }): Choice => ({
    label: repository,
    description: training,
    detail: vscode.l10n.t('Size and licence are asked of the hub; published score: not checked'),
    repository,
  }));
  const other: Choice = {
    label: vscode.l10n.t('Download by name…'),
    detail: vscode.l10n.t('OWNER/NAME, as on the page of the model'),
  };
  const placeHolder = vscode.l10n.t('Choose a model of the hub');
  const picked = await vscode.window.showQuickPick([...choices, other], { placeHolder });
  return picked === other ? askForName() : picked?.repository;
}

async function askForName(): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Download by name…'),
    prompt: vscode.l10n.t('OWNER/NAME, as on the page of the model'),
    validateInput: (text) => (isRepository(text.trim()) ? undefined : vscode.l10n.t('It is OWNER/NAME.')),
  });
  return name?.trim();
}
