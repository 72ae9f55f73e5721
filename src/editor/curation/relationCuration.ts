import * as vscode from 'vscode';
import type { RelationDecision } from '../../core/curation/decisions';
import type { Relation } from '../../core/types';
import { documentPath } from '../evidence/workspaceFile';
import type { RelationItem, RelationList } from '../panel/relationList';
import type { CurationStore } from './curationStore';

/** What the panel does with what the reader says of relations. */
export class RelationCuration {
  readonly onDidChange: CurationStore['onDidChange'];

  constructor(private readonly store: CurationStore) {
    this.onDidChange = store.onDidChange;
  }

  /** So that {@link decisionOn} knows the file from the first list on. */
  async load(): Promise<void> {
    await this.store.current();
  }

  decisionOn({ document, found }: RelationItem): RelationDecision | undefined {
    const { known } = this.store;
    if (known.isEmpty) return undefined;
    return known.relation(documentPath(document), found.evidence.text, found.relation);
  }

  /** As the reader wants to see it; undefined for what was rejected. */
  curated(item: RelationItem): Relation | undefined {
    const decision = this.decisionOn(item);
    if (decision?.verdict === 'rejected') return undefined;
    return decision ? { ...item.found.relation, type: decision.type } : item.found.relation;
  }

  async decide(
    item: RelationItem,
    verdict: 'accept' | 'reject' | 'retype' | 'undo',
    list: RelationList,
  ): Promise<void> {
    switch (verdict) {
      case 'accept':
        return this.store.decideRelation(decisionAbout(item, 'accepted'));
      case 'undo':
        return this.store.undoRelation(decisionAbout(item, 'accepted'));
      case 'reject': {
        const rejected = decisionAbout(item, 'rejected');
        await this.store.decideRelation(rejected);
        return this.offerUndo(rejected);
      }
      case 'retype': {
        const type = await chooseRelation(item.found.relation, list);
        if (type === undefined) return;
        const was = item.found.relation.type;
        return this.store.decideRelation({ ...decisionAbout(item, 'retyped'), type, was });
      }
    }
  }

  /** What was rejected is gone from the list: the way back is offered where it went. */
  private async offerUndo(rejected: RelationDecision): Promise<void> {
    const undo = vscode.l10n.t('Take back');
    const message = vscode.l10n.t('The relation is not listed any more.');
    if ((await vscode.window.showInformationMessage(message, undo)) === undo)
      await this.store.undoRelation(rejected);
  }
}

function decisionAbout(
  { document, found }: RelationItem,
  verdict: RelationDecision['verdict'],
): RelationDecision {
  const { subject, object, type } = found.relation;
  return {
    verdict,
    document: documentPath(document),
    sentence: found.evidence.text,
    subject: { name: subject.name, type: subject.type },
    object: { name: object.name, type: object.type },
    type,
  };
}

/** Names that the model gives to relations, beside those on the list. */
async function chooseRelation({ type }: Relation, list: RelationList): Promise<string | undefined> {
  const listed = list.all().map(({ found }) => found.relation.type);
  const types = [...new Set(listed)].filter((each) => each !== type).sort();
  const another = vscode.l10n.t('Another …');
  const placeHolder = vscode.l10n.t('Which relation is it?');
  const picked = await vscode.window.showQuickPick([...types, another], { placeHolder });
  if (picked !== another) return picked;
  const written = await vscode.window.showInputBox({ prompt: placeHolder, value: type });
  return written?.trim() === '' ? undefined : written?.trim();
}
