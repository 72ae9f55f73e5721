import { basename } from 'node:path';
import * as vscode from 'vscode';
import { compareEntities } from '../../core/entities/compare';
import type { TagRequest, TagResult } from '../../protocol/engine';
import { writeReport } from '../models/report';
import { commandIds } from '../commandIds';
import { activeDocument, checkedText, formatOfDocument } from '../documents/documents';
import { lineCounter } from '../../core/documents/lineCounter';
import { ModelStore } from '../models/modelStore';
import { defaultTask } from '../../protocol/tasks';
import type { OnDemandParts } from '../commands/onDemandCommands';
import { withCancel } from '../progress';

type Parts = Pick<OnDemandParts, 'context' | 'settings' | 'engines' | 'reports'>;
type Choice = vscode.QuickPickItem & { readonly folder?: string };

/** Tags the document with the current tagger and another one, and shows the differences. */
export async function run(parts: Parts): Promise<void> {
  const document = activeDocument();
  const other = await chooseOtherModel(parts);
  if (other === undefined) return;
  const text = checkedText(document.getText(), document.uri, parts.settings.maxFileSizeMB);
  const format = formatOfDocument(document, text);
  // Only the entities are compared, so that names need not be linked.
  const options = { priority: 'background', link: false } as const;
  const request: TagRequest = { document: document.uri.toString(), text, format, ...options };
  const [first, second] = await withCancel(vscode.l10n.t('Comparing two models'), (signal, report) =>
    tagWithBoth(request, other, { ...parts, signal, report }),
  );
  const name = basename(document.uri.path);
  const comparison = compareEntities(first.entities, second.entities);
  const inOrder = [...first.entities, ...second.entities].sort((a, b) => a.start - b.start);
  const lineAt = lineCounter(text);
  const lines = new Map(inOrder.map((mention) => [mention, lineAt(mention.start)]));
  const report = writeReport({
    document: name,
    models: [first.model, second.model],
    comparison,
    lineOf: (mention) => lines.get(mention) ?? 0,
  });
  await parts.reports.show(report, document.uri, vscode.l10n.t('Two models on {0}', name));
}

/** @returns a model folder, empty for the shipped model; undefined if the user cancelled. */
async function chooseOtherModel({ context, settings }: Parts): Promise<string | undefined> {
  const current = settings.modelFolder(defaultTask);
  const stored = await new ModelStore(context).list();
  const otherModels: Choice[] = [
    { label: vscode.l10n.t('Compact BioBERT (built in)'), folder: '' },
    ...stored.filter(({ task }) => task === defaultTask).map(({ name, folder }) => ({ label: name, folder })),
  ].filter(({ folder }) => folder !== current);
  const add: Choice = {
    label: vscode.l10n.t('Add a model…'),
    detail: vscode.l10n.t('Select a model first, then compare it with the built-in one'),
  };
  const placeHolder = vscode.l10n.t('Compare the tagger in use with …');
  const picked = await vscode.window.showQuickPick([...otherModels, add], { placeHolder });
  if (picked === add) await vscode.commands.executeCommand(commandIds.selectModel, defaultTask);
  return picked?.folder;
}

interface ComparisonParts extends Parts {
  readonly signal: AbortSignal;
  readonly report: (fraction: number) => void;
}

/** Runs the models one after the other, each in a separate engine, so that two large models are never loaded together. */
async function tagWithBoth(
  request: TagRequest,
  other: string,
  { engines, signal, report }: ComparisonParts,
): Promise<readonly [TagResult, TagResult]> {
  const setup = engines.localSetup();
  const otherPath = other === '' ? engines.shippedFolder(defaultTask) : other;
  const tagWith = async (tagger: string, done: number): Promise<TagResult> => {
    const modelPaths = { ...setup.modelPaths, [defaultTask]: tagger };
    const engine = engines.create({ ...setup, modelPaths });
    try {
      return await engine.tag(request, {
        signal,
        onProgress: (progress) => report(done + progress.done / Math.max(1, progress.total) / 2),
      });
    } finally {
      await engine.dispose();
    }
  };
  return [await tagWith(setup.modelPaths[defaultTask], 0), await tagWith(otherPath, 0.5)];
}
