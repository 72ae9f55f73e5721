import * as vscode from 'vscode';
import { nameKey } from '../../core/text/mentions';
import type { Entity } from '../../core/types';
import type { NamedEntity, RelationRow } from '../../protocol/panel';
import { placesOf } from './curatedRelations';
import { Disposable } from '../dispose';
import type { Moment } from '../annotations/editLog';
import { relationKey, type FoundRelation } from './foundRelation';
import { shortNames } from '../documents/shortNames';

/** One relation on the list, with the document that it stands in. */
export interface RelationItem {
  readonly id: number;
  readonly document: string;
  /** When its offsets were right. */
  readonly moment: Moment;
  readonly found: FoundRelation;
  /** A person added it; no model found it. */
  readonly isByHand: boolean;
}

type NewItem = Omit<RelationItem, 'id'>;

export interface DocumentRelations {
  readonly document: string;
  readonly moment: Moment;
  readonly relations: readonly FoundRelation[];
}

export interface ListChange {
  /** True where all that was listed went. */
  readonly isNew: boolean;
  readonly added: readonly RelationItem[];
}

/** What only others know of a row. */
export interface RowFacts {
  isPinned(item: RelationItem): boolean;
  curated(item: RelationItem): RelationRow['curated'];
}

/** The relations that the panel lists, as they were found. Ids are not used twice: a relation that comes back has its own. */
export class RelationList extends Disposable {
  private readonly items = new Map<number, RelationItem>();
  /** By document: what a person added stays while a model's findings come and go. */
  private readonly byHand = new Map<string, DocumentRelations>();
  private nextId = 1;
  /** Ids of what was listed before {@link begin}: it may be listed again. */
  private former = new Map<string, number>();
  private names: ReadonlyMap<string, string> = new Map();
  private documents: string[] = [];
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

  /** @param documents All that relations may come from, so that they are told apart by name from the start. */
  begin(documents: readonly string[]): void {
    this.former = new Map([...this.items.values()].map((item) => [formerKey(item), item.id]));
    this.items.clear();
    this.byHand.clear();
    this.documents = [...documents];
    this.name();
    this.changed.fire({ isNew: true, added: [] });
  }

  add({ document, moment, relations }: DocumentRelations): void {
    this.learn(document);
    const isByHand = false;
    const added = relations.map((found) => {
      const item = { document, moment, found, isByHand };
      return { ...item, id: this.idOf(item) };
    });
    for (const item of added) this.items.set(item.id, item);
    if (added.length > 0) this.changed.fire({ isNew: false, added });
  }

  /** Puts all relations of a document in the place of those listed; what is found again keeps its id. */
  replace({ document, moment, relations }: DocumentRelations): void {
    this.learn(document);
    const found = relations.map((each) => ({ document, moment, found: each, isByHand: false }));
    const added = this.addedIn(document, found);
    this.put(document, [...found, ...added]);
  }

  /** Puts what a person added to a document in the place of what they had added; what a model finds too is left out. */
  setAdded(relations: DocumentRelations): void {
    const { document } = relations;
    if (relations.relations.length === 0 && !this.byHand.has(document)) return;
    this.learn(document);
    this.byHand.set(document, relations);
    const found = this.all().filter((item) => item.document === document && !item.isByHand);
    this.put(document, [...found, ...this.addedIn(document, found)]);
  }

  private addedIn(document: string, found: readonly NewItem[]): readonly NewItem[] {
    const { moment, relations } = this.byHand.get(document) ?? { relations: [] };
    if (!moment) return [];
    const known = new Set(found.map((each) => placesOf(each.found.relation)));
    return relations
      .filter((each) => !known.has(placesOf(each.relation)))
      .map((each) => ({ document, moment, found: each, isByHand: true }));
  }

  /** In the place of all that is listed of the document; the same relation keeps its id. */
  private put(document: string, items: readonly NewItem[]): void {
    const known = new Map<string, number>();
    const kept: RelationItem[] = [];
    for (const item of this.items.values()) {
      if (item.document === document) known.set(keyOf(item.found), item.id);
      else kept.push(item);
    }
    const named = items.map((item) => {
      const key = keyOf(item.found);
      const id = known.get(key) ?? this.idOf(item);
      known.delete(key);
      return { ...item, id };
    });
    this.items.clear();
    for (const item of [...kept, ...named]) this.items.set(item.id, item);
    this.changed.fire({ isNew: true, added: this.all() });
  }

  private idOf(item: NewItem): number {
    const key = formerKey(item);
    const id = this.former.get(key);
    this.former.delete(key);
    return id ?? this.nextId++;
  }

  /** Takes away what is listed of a document. */
  remove(document: string): void {
    const gone = this.all().filter((item) => item.document === document);
    if (gone.length === 0) return;
    for (const { id } of gone) this.items.delete(id);
    this.byHand.delete(document);
    this.changed.fire({ isNew: true, added: this.all() });
  }

  nameOf(document: string): string {
    return this.names.get(document) ?? document;
  }

  row(item: RelationItem, facts: RowFacts): RelationRow {
    const { relation, evidence, line } = item.found;
    const { type, subject, object, concepts, probability, negated, speculated } = relation;
    return {
      id: item.id,
      document: item.document,
      name: this.nameOf(item.document),
      line,
      type,
      subject: named(subject, concepts?.[0]),
      object: named(object, concepts?.[1]),
      probability,
      ...(negated && { negated: negated.text }),
      ...(speculated && { speculated: speculated.text }),
      evidence,
      curated: facts.curated(item),
      isPinned: facts.isPinned(item),
    };
  }

  private learn(document: string): void {
    if (this.names.has(document)) return;
    this.documents.push(document);
    this.name();
  }

  private name(): void {
    const paths = new Map(this.documents.map((document) => [document, vscode.Uri.parse(document).path]));
    const names = shortNames([...new Set(paths.values())]);
    this.names = new Map(
      this.documents.map((document) => [document, names.get(paths.get(document) ?? '') ?? '']),
    );
  }
}

function formerKey({ document, found }: NewItem): string {
  return `${document}\n${keyOf(found)}`;
}

function keyOf({ relation, evidence }: FoundRelation): string {
  return relationKey(relation, evidence.text);
}

function named({ name, type }: Entity, concept = nameKey(name)): NamedEntity {
  return { name, type, key: `${type}\n${concept}` };
}
