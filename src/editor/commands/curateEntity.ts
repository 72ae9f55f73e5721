import * as vscode from 'vscode';
import type { CuratedName } from '../../core/curation/decisions';
import type { EntityType } from '../../core/types';
import { commandIds, isMentionLink } from '../commandIds';
import { decisionForName } from '../workspace/curatedNames';
import { typeName } from '../entities/typeLooks';
import { announce } from './announce';
import { noEntityHere } from './noEntityHere';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

type Parts = Pick<CommandParts, 'curation' | 'store' | 'settings' | 'log'>;

/** Accepts, rejects or retypes a name, or undoes that. The name comes from a hover or from the caret. */
export function register(parts: Parts): vscode.Disposable {
  const { curation, log } = parts;
  return vscode.Disposable.from(
    registerCommand(commandIds.acceptEntity, log, async (...args) => {
      const name = targetName(args, parts);
      await curation.judgeEntity(name, { verdict: 'accepted' });
      announce(vscode.l10n.t('“{0}” is accepted.', name.name));
    }),
    registerCommand(commandIds.rejectEntity, log, async (...args) => {
      const name = targetName(args, parts);
      const undo = await curation.judgeEntity(name, { verdict: 'rejected' });
      await offerUndo(name, undo);
    }),
    registerCommand(commandIds.retypeEntity, log, async (...args) => {
      const name = targetName(args, parts);
      const type = await chooseType(
        name.name,
        markableTypes(parts).filter((each) => each !== name.type),
      );
      if (type !== undefined) await curation.judgeEntity(name, { verdict: 'retyped', type });
    }),
    registerCommand(commandIds.undoEntity, log, async (...args) => {
      const name = targetName(args, parts);
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

/** Offers undo in a message, because a rejected name disappears from every list. */
async function offerUndo({ name }: CuratedName, undoDecision: () => Promise<void>): Promise<void> {
  const undo = vscode.l10n.t('Undo');
  const message = vscode.l10n.t('“{0}” is not marked any more.', name);
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
