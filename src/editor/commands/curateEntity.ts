import * as vscode from 'vscode';
import type { CuratedName } from '../../core/curation/decisions';
import { nameKey } from '../../core/text/mentions';
import type { EntityType } from '../../core/types';
import { commandIds, isMentionLink } from '../commandIds';
import { decisionForName } from '../workspace/curatedNames';
import { formatCount, papersLabel } from '../entities/countLabels';
import { countMentions, mentionsInFolder } from '../../runtime/folder/mentionsInFolder';
import { typeName } from '../entities/typeLooks';
import { announce } from './announce';
import { noEntityHere } from './noEntityHere';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

type Parts = Pick<CommandParts, 'curation' | 'store' | 'source' | 'settings' | 'log'>;

/** Accepts, rejects or retypes a name, or undoes that. The name comes from a hover or from the caret. */
export function register(parts: Parts): vscode.Disposable {
  const { curation, log } = parts;
  return vscode.Disposable.from(
    registerCommand(commandIds.acceptEntity, log, async (...args) => {
      const name = targetName(args, parts);
      await curation.judgeEntity(name, { verdict: 'accepted' });
      hideHover(args);
      announce(vscode.l10n.t('“{0}” is accepted.', name.name));
    }),
    registerCommand(commandIds.rejectEntity, log, async (...args) => {
      const name = targetName(args, parts);
      // Afterwards no mark is left to count.
      const message = rejectedMessage(name, parts);
      const undo = await curation.judgeEntity(name, { verdict: 'rejected' });
      hideHover(args);
      await offerUndo(message, undo);
    }),
    registerCommand(commandIds.retypeEntity, log, async (...args) => {
      const name = targetName(args, parts);
      const type = await chooseType(
        name.name,
        markableTypes(parts).filter((each) => each !== name.type),
      );
      if (type === undefined) return;
      await curation.judgeEntity(name, { verdict: 'retyped', type });
      hideHover(args);
      announce(vscode.l10n.t('“{0}” is marked as {1}.', name.name, typeName(type)));
    }),
    registerCommand(commandIds.undoEntity, log, async (...args) => {
      const name = targetName(args, parts);
      hideHover(args);
      const current = await curation.load();
      const decision = decisionForName(name, current);
      if (!decision && current.linkFor(name)) return curation.undoLinks([name]);
      const type = decision?.verdict === 'retyped' ? decision.was : name.type;
      return curation.undoEntity({ name: name.name, type });
    }),
  );
}

/** Returns the types to choose from, by the settings for the active document. A link does not say which settings apply. */
function markableTypes({ settings }: Parts): readonly EntityType[] {
  return settings.markableTypes(vscode.window.activeTextEditor?.document ?? { languageId: 'plaintext' });
}

/** Lets the user choose the type of a name. @returns undefined if the user cancelled. */
export async function chooseType(name: string, types: readonly string[]): Promise<string | undefined> {
  const items = types.map((type) => ({ label: typeName(type), type }));
  const placeHolder = vscode.l10n.t('What is “{0}”?', name);
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.type;
}

/**
 * Says what a rejection does, because it is a decision about the name in all documents. Copies of a paper count once, as in the
 * hover.
 */
function rejectedMessage({ name, type }: CuratedName, { source }: Parts): string {
  const key = nameKey(name);
  const { papers } = mentionsInFolder(
    source.all(),
    (entity) => entity.type === type && nameKey(entity.name) === key,
  );
  const counts = countMentions(papers);
  if (counts.mentions === 0) return vscode.l10n.t('“{0}” is no longer marked as {1}.', name, typeName(type));
  return vscode.l10n.t(
    '“{0}” is no longer marked as {1}, in {2} of {3}.',
    name,
    typeName(type),
    counts.mentions === 1
      ? vscode.l10n.t('1 place')
      : vscode.l10n.t('{0} places', formatCount(counts.mentions)),
    papersLabel(counts.papers, counts.documents),
  );
}

/**
 * Hides the hover whose link was chosen, because it shows the mark as it was. Older versions of VS Code have no such command;
 * there the hover stays until the pointer moves.
 */
function hideHover([link]: readonly unknown[]): void {
  if (!isMentionLink(link)) return;
  vscode.commands.executeCommand('editor.action.hideHover').then(undefined, () => undefined);
}

/** Offers undo in a message, because a rejected name disappears from every list. */
async function offerUndo(message: string, undoDecision: () => Promise<void>): Promise<void> {
  const undo = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(message, undo)) === undo) await undoDecision();
}

/** Returns the name that a link passes, or the one at the caret. @throws {BioBertError} if no entity is at the caret. */
function targetName([link]: readonly unknown[], { store }: Parts): CuratedName {
  if (isMentionLink(link) && link.name !== undefined && link.type !== undefined)
    return { name: link.name, type: link.type };
  const editor = vscode.window.activeTextEditor;
  const entity = editor && store.entityAt(editor.document, editor.selection.active);
  if (entity) return { name: entity.name, type: entity.type };
  throw noEntityHere();
}
