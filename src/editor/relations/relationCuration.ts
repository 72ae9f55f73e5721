import * as vscode from 'vscode';
import type { RelationDecision } from '../../core/curation/decisions';
import type { CurationVerdict } from '../../protocol/panelMessages';
import { documentPath } from '../workspace/workspaceFile';
import type { RelationItem } from './relationItem';
import type { RelationList } from './relationList';
import type { CurationStore } from '../workspace/curationStore';

/** Records the decisions that the user makes about relations in the panel, and applies them to the list. */
export class RelationCuration {
  readonly onDidChange: CurationStore['onDidChange'];

  constructor(private readonly store: CurationStore) {
    this.onDidChange = store.onDidChange;
  }

  /** Reads the decisions from the file, so that {@link decisionFor} knows them when the first list is shown. */
  async load(): Promise<void> {
    await this.store.load();
  }

  decisionFor({ document, located }: RelationItem): RelationDecision | undefined {
    const { current } = this.store;
    if (current.isEmpty) return undefined;
    return current.relation(documentPath(document), located.evidence.text, located.relation);
  }

  /** Returns the item as the user has corrected it; undefined if the user rejected it. */
  applyDecision(item: RelationItem): RelationItem | undefined {
    const { document, located } = item;
    const { current } = this.store;
    if (current.isEmpty) return item;
    const relation = current.shownRelation(documentPath(document), located.evidence.text, located.relation);
    return relation && { ...item, located: { ...located, relation } };
  }

  async decide(item: RelationItem, verdict: CurationVerdict, list: RelationList): Promise<void> {
    const previous = this.decisionFor(item);
    switch (verdict) {
      case 'accept':
        // A relation that a person added counts as accepted.
        return previous?.verdict === 'added'
          ? undefined
          : this.store.decideRelation(createDecision(item, 'accepted'));
      case 'undo':
        return this.store.undoRelation(createDecision(item, 'accepted'));
      case 'reject':
        return this.reject(item, previous);
      case 'retype':
        return this.retype(item, previous, list);
    }
  }

  /** Deletes a relation that a person added; records a relation that a model found as wrong. */
  private async reject(item: RelationItem, previous: RelationDecision | undefined): Promise<void> {
    const rejection = createDecision(item, 'rejected');
    const isAdded = item.isByHand && previous !== undefined;
    await (isAdded ? this.store.undoRelation(previous) : this.store.decideRelation(rejection));
    // The row has disappeared from the list, so undo is offered in a message.
    const undo = vscode.l10n.t('Undo');
    const message = vscode.l10n.t('The relation is not listed any more.');
    if ((await vscode.window.showInformationMessage(message, undo)) !== undo) return;
    await (isAdded ? this.store.decideRelation(previous) : this.store.undoRelation(rejection));
  }

  private async retype(
    item: RelationItem,
    previous: RelationDecision | undefined,
    list: RelationList,
  ): Promise<void> {
    const was = item.located.relation.type;
    const listedTypes = list.all().map(({ located }) => located.relation.type);
    const type = await chooseRelationType(
      listedTypes.filter((each) => each !== was),
      was,
    );
    if (type === undefined) return;
    if (!item.isByHand || !previous)
      return this.store.decideRelation({ ...createDecision(item, 'retyped'), type, was });
    await this.store.undoRelation(previous);
    await this.store.decideRelation({ ...previous, type });
  }
}

function createDecision(
  { document, located }: RelationItem,
  verdict: RelationDecision['verdict'],
): RelationDecision {
  const { subject, object, type } = located.relation;
  return {
    verdict,
    document: documentPath(document),
    sentence: located.evidence.text,
    subject: { name: subject.name, type: subject.type },
    object: { name: object.name, type: object.type },
    type,
  };
}

/**
 * Lets the user pick a relation type or enter a new one.
 *
 * @param known Relation types to offer.
 * @param proposed Initial value of the input box for a new type.
 * @returns undefined if the user cancelled.
 */
export async function chooseRelationType(
  known: readonly string[],
  proposed = '',
): Promise<string | undefined> {
  const items = [...new Set(known)].sort().map((type) => ({ label: type.replace(/[_-]+/g, ' '), type }));
  const another = { label: vscode.l10n.t('Another …'), type: undefined, alwaysShow: true };
  const placeHolder = vscode.l10n.t('Which relation is it?');
  const picked = await vscode.window.showQuickPick([...items, another], { placeHolder });
  if (picked !== another) return picked?.type;
  const entered = await vscode.window.showInputBox({ prompt: placeHolder, value: proposed });
  return entered?.trim() === '' ? undefined : entered?.trim();
}
