import * as vscode from 'vscode';
import type { RelationDecision } from '../../core/curation/decisions';
import type { CurationVerdict } from '../../protocol/panelMessages';
import { documentPath } from '../workspace/workspaceFile';
import type { RelationItem, RelationList } from './relationList';
import type { CurationStore } from '../workspace/curationStore';

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
  shown(item: RelationItem): RelationItem | undefined {
    const { document, found } = item;
    const { known } = this.store;
    if (known.isEmpty) return item;
    const relation = known.shownRelation(documentPath(document), found.evidence.text, found.relation);
    return relation && { ...item, found: { ...found, relation } };
  }

  async decide(item: RelationItem, verdict: CurationVerdict, list: RelationList): Promise<void> {
    const said = this.decisionOn(item);
    switch (verdict) {
      case 'accept':
        // What a person added is theirs already.
        return said?.verdict === 'added'
          ? undefined
          : this.store.decideRelation(decisionAbout(item, 'accepted'));
      case 'undo':
        return this.store.undoRelation(decisionAbout(item, 'accepted'));
      case 'reject':
        return this.reject(item, said);
      case 'retype':
        return this.retype(item, said, list);
    }
  }

  /** What only a person found is taken away; what a model found is remembered as wrong. */
  private async reject(item: RelationItem, said: RelationDecision | undefined): Promise<void> {
    const rejected = decisionAbout(item, 'rejected');
    const isOwn = item.isByHand && said !== undefined;
    await (isOwn ? this.store.undoRelation(said) : this.store.decideRelation(rejected));
    // It is gone from the list: the way back is offered where it went.
    const undo = vscode.l10n.t('Take back');
    const message = vscode.l10n.t('The relation is not listed any more.');
    if ((await vscode.window.showInformationMessage(message, undo)) !== undo) return;
    await (isOwn ? this.store.decideRelation(said) : this.store.undoRelation(rejected));
  }

  private async retype(
    item: RelationItem,
    said: RelationDecision | undefined,
    list: RelationList,
  ): Promise<void> {
    const was = item.found.relation.type;
    const listed = list.all().map(({ found }) => found.relation.type);
    const type = await chooseRelation(
      listed.filter((each) => each !== was),
      was,
    );
    if (type === undefined) return;
    if (!item.isByHand || !said)
      return this.store.decideRelation({ ...decisionAbout(item, 'retyped'), type, was });
    await this.store.undoRelation(said);
    await this.store.decideRelation({ ...said, type });
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

/**
 * @param known Names that models give to relations; any other can be written.
 * @returns undefined when the user thought better of it.
 */
export async function chooseRelation(known: readonly string[], proposed = ''): Promise<string | undefined> {
  const items = [...new Set(known)].sort().map((type) => ({ label: type.replace(/[_-]+/g, ' '), type }));
  const another = { label: vscode.l10n.t('Another …'), type: undefined, alwaysShow: true };
  const placeHolder = vscode.l10n.t('Which relation is it?');
  const picked = await vscode.window.showQuickPick([...items, another], { placeHolder });
  if (picked !== another) return picked?.type;
  const written = await vscode.window.showInputBox({ prompt: placeHolder, value: proposed });
  return written?.trim() === '' ? undefined : written?.trim();
}
