import * as vscode from 'vscode';
import { conceptUrl } from '../../core/linking/conceptUrl';
import { modelIdentity } from '../../protocol/modelName';
import { commandIds, isMentionLink } from '../commandIds';
import { sourcedLabel } from '../entities/conceptLabels';
import { formatPercent } from '../entities/countLabels';
import { typeName } from '../entities/typeLooks';
import { methodWords } from '../hover/conceptLines';
import { literatureLinks, searchesOfType } from '../hover/databaseLinks';
import { decidedBy, type HoverFacts } from '../hover/hoverContent';
import { figuresFor } from '../hover/mentionKnowledge';
import { noEntityHere } from './noEntityHere';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** A row of the details. It opens an address if it has one; the others only inform. */
interface DetailItem extends vscode.QuickPickItem {
  readonly url?: string | undefined;
}

/**
 * Shows how a mention was found and linked, and where to look it up. The mention comes from a hover or from the caret, so
 * that the command also serves readers without a pointer.
 */
export function register({ hovers, log }: Pick<CommandParts, 'hovers' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.mentionDetails, log, async (...[link]) => {
    const { document, position } = await placeOf(link);
    const facts = await factsAt(hovers, document, position);
    if (!facts) return;
    const { name, type } = facts.entity;
    const chosen = await vscode.window.showQuickPick(detailItems(facts), {
      title: `${name} — ${typeName(type)}`,
      placeHolder: vscode.l10n.t('Choose a database to look the name up there'),
      matchOnDescription: true,
    });
    if (chosen?.url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(chosen.url));
  });
}

async function placeOf(
  link: unknown,
): Promise<{ readonly document: vscode.TextDocument; readonly position: vscode.Position }> {
  if (isMentionLink(link)) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(link.uri));
    return { document, position: document.positionAt(link.start) };
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw noEntityHere();
  return { document: editor.document, position: editor.selection.active };
}

/** Waits for the model; with a progress bar if that takes long. @returns undefined if the user cancelled. */
async function factsAt(
  hovers: CommandParts['hovers'],
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<HoverFacts | undefined> {
  const source = new vscode.CancellationTokenSource();
  const first = await hovers.factsAt(document, position, source.token).finally(() => source.dispose());
  const facts = typeof first === 'string' ? await waited(hovers, document, position) : first;
  if (facts === undefined) throw noEntityHere();
  return facts === 'cancelled' ? undefined : facts;
}

function waited(
  hovers: CommandParts['hovers'],
  document: vscode.TextDocument,
  position: vscode.Position,
): Thenable<HoverFacts | 'cancelled' | undefined> {
  const title = vscode.l10n.t('Reading this paragraph …');
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_progress, token) => {
    while (!token.isCancellationRequested) {
      const facts = await hovers.factsAt(document, position, token);
      if (typeof facts !== 'string') return facts;
    }
    return 'cancelled';
  });
}

/** The rows: who found the name, its concepts, and searches for it. */
export function detailItems(facts: HoverFacts): readonly DetailItem[] {
  const { entity, abbreviation, decision, model } = facts;
  const concepts = entity.concepts ?? [];
  const [first] = concepts;
  const figures = figuresFor(entity.type, model.measured).map(({ set, f1 }) =>
    vscode.l10n.t('F1 on {0}: {1}', set, Math.round(f1)),
  );
  const found: DetailItem = {
    label: modelIdentity(model),
    description: formatPercent(entity.probability),
    detail: figures.join(' · '),
  };
  const sought = abbreviation?.longText ?? entity.name;
  const literature = literatureLinks(concepts.length === 1 && first ? first.name : sought);
  return [
    separator(vscode.l10n.t('Found by')),
    ...(decision ? [{ label: capitalised(decidedBy(decision)) }] : [found]),
    ...(first ? [separator(vscode.l10n.t('Linked to'))] : []),
    ...concepts.map((concept) => ({
      label: concept.name,
      description: [sourcedLabel(concept), concept.species].filter(Boolean).join(' · '),
      detail: capitalised(methodWords(concept, facts)),
      url: conceptUrl(concept.id),
    })),
    separator(vscode.l10n.t('Search in')),
    ...[...(first ? [] : searchesOfType(entity.type, sought)), ...literature],
  ];
}

function separator(label: string): DetailItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function capitalised(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
