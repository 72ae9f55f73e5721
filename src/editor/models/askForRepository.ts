import * as vscode from 'vscode';
import type { ModelTask } from '../../protocol/tasks';
import { isRepository } from '../../runtime/hub/hubListing';
import { formatCount } from '../entities/countLabels';
import { type CuratedModel, curatedModels } from './curated';

type Choice = vscode.QuickPickItem & { readonly repository?: string };

/** Asks which model of the hub, of those that are known for the task or by any name. @returns `undefined` when the user turns away. */
export async function askForRepository(task: ModelTask): Promise<string | undefined> {
  const known = curatedModels.filter((model) => model.task === task);
  if (known.length === 0) return askForName();
  const choices = known.map((model): Choice => ({
    label: model.repository,
    description: `${model.encoder} · ${model.training}`,
    detail: details(model),
    repository: model.repository,
  }));
  const other: Choice = {
    label: vscode.l10n.t('Download by name…'),
    detail: vscode.l10n.t('OWNER/NAME, as on the page of the model'),
  };
  const placeHolder = vscode.l10n.t(
    'A model of the hub, from what was known when this was made; its size and licence are asked of the hub first',
  );
  const picked = await vscode.window.showQuickPick([...choices, other], {
    placeHolder,
    matchOnDescription: true,
  });
  return picked === other ? askForName() : picked?.repository;
}

/** No more than its page says: where that was silent or could not be read, this says so. */
function details({ megabytes, license, score }: CuratedModel): string {
  return [
    vscode.l10n.t('about {0} MB', formatCount(megabytes)),
    license ?? vscode.l10n.t('licence: see its page'),
    score === undefined ? vscode.l10n.t('score: see its page') : vscode.l10n.t('{0} by its page', score),
  ].join(' · ');
}

async function askForName(): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Download by name…'),
    prompt: vscode.l10n.t('OWNER/NAME, as on the page of the model'),
    validateInput: (text) => (isRepository(text.trim()) ? undefined : vscode.l10n.t('It is OWNER/NAME.')),
  });
  return name?.trim();
}
