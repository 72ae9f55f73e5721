import * as vscode from 'vscode';
import { placeKey } from './curatedRelations';
import { Disposable } from '../dispose';
import { DocumentNames } from '../documents/documentNames';
import { RelationIds } from './relationIds';
import {
  keyInDocument,
  type DocumentRelations,
  type NewRelationItem,
  type RelationItem,
} from './relationItem';

export interface ListChange {
  /** True if the previous items were removed. */
  readonly isNew: boolean;
  readonly added: readonly RelationItem[];
}

/** The relations that the panel lists, before decisions of the user are applied. */
export class RelationList extends Disposable {
  private readonly items = new Map<number, RelationItem>();
  /** Relations added by a person, by document. They stay while the results of a model are replaced. */
  private readonly addedByHand = new Map<string, DocumentRelations>();
  private readonly ids = new RelationIds();
  private readonly names = new DocumentNames();
  private readonly changed = this._register(new vscode.EventEmitter<ListChange>());
  readonly onDidChange = this.changed.event;

  get size(): number {
    return this.items.size;
  }

  all(): readonly RelationItem[] {
    return [...this.items.values()];
  }

  get(id: number): RelationItem | undefined {
    return this.items.get(id);
  }

  /**
   * Clears the list.
   *
   * @param documents All documents that relations may come from. They get distinct names from the start.
   */
  begin(documents: readonly string[]): void {
    this.ids.remember(this.items.values());
    this.items.clear();
    this.addedByHand.clear();
    this.names.reset(documents);
    this.changed.fire({ isNew: true, added: [] });
  }

  /** Appends relations that a model found. */
  add({ document, version, relations }: DocumentRelations): void {
    this.names.add(document);
    const isByHand = false;
    const added = relations.map((located) => {
      const item = { document, version, located, isByHand };
      return { ...item, id: this.ids.idOf(item) };
    });
    for (const item of added) this.items.set(item.id, item);
    if (added.length > 0) this.changed.fire({ isNew: false, added });
  }

  /** Replaces the relations that a model found in a document. A relation that is found again keeps its id. */
  replace({ document, version, relations }: DocumentRelations): void {
    this.names.add(document);
    const fromModel = relations.map((located) => ({ document, version, located, isByHand: false }));
    this.setItems(document, [...fromModel, ...this.itemsByHand(document, fromModel)]);
  }

  /** Replaces the relations that a person added to a document. */
  setAdded(added: DocumentRelations): void {
    const { document } = added;
    if (added.relations.length === 0 && !this.addedByHand.has(document)) return;
    this.names.add(document);
    this.addedByHand.set(document, added);
    const fromModel = this.all().filter((item) => item.document === document && !item.isByHand);
    this.setItems(document, [...fromModel, ...this.itemsByHand(document, fromModel)]);
  }

  /** Removes the relations of a document. */
  remove(document: string): void {
    const removed = this.all().filter((item) => item.document === document);
    if (removed.length === 0) return;
    for (const { id } of removed) this.items.delete(id);
    this.addedByHand.delete(document);
    this.changed.fire({ isNew: true, added: this.all() });
  }

  nameOf(document: string): string {
    return this.names.nameOf(document);
  }

  /** Returns the relations added by a person, without those that the model found too. */
  private itemsByHand(document: string, fromModel: readonly NewRelationItem[]): readonly NewRelationItem[] {
    const { version, relations } = this.addedByHand.get(document) ?? { relations: [] };
    if (!version) return [];
    const modelKeys = new Set(fromModel.map(({ located }) => placeKey(located.relation)));
    return relations
      .filter(({ relation }) => !modelKeys.has(placeKey(relation)))
      .map((located) => ({ document, version, located, isByHand: true }));
  }

  /** Replaces all items of a document. A relation that stays keeps its id. */
  private setItems(document: string, newItems: readonly NewRelationItem[]): void {
    const currentIds = new Map<string, number>();
    const ofOtherDocuments: RelationItem[] = [];
    for (const item of this.items.values()) {
      if (item.document === document) currentIds.set(keyInDocument(item), item.id);
      else ofOtherDocuments.push(item);
    }
    const ofDocument = newItems.map((item) => {
      const key = keyInDocument(item);
      const id = currentIds.get(key) ?? this.ids.idOf(item);
      currentIds.delete(key);
      return { ...item, id };
    });
    this.items.clear();
    for (const item of [...ofOtherDocuments, ...ofDocument]) this.items.set(item.id, item);
    this.changed.fire({ isNew: true, added: this.all() });
  }
}
