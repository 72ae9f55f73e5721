import { keyInDocument, type NewRelationItem, type RelationItem } from './relationItem';

/**
 * Assigns ids to relations. No id is used twice, and a relation that is removed and listed again keeps its id, so that
 * the panel keeps the selection while a folder is being indexed.
 */
export class RelationIds {
  private nextId = 1;
  /** Ids of the items that were listed before the list was last cleared. */
  private previous = new Map<string, number>();

  /** Called before the list is cleared. */
  remember(items: Iterable<RelationItem>): void {
    this.previous = new Map(Array.from(items, (item) => [key(item), item.id]));
  }

  idOf(item: NewRelationItem): number {
    const itemKey = key(item);
    const id = this.previous.get(itemKey);
    this.previous.delete(itemKey);
    return id ?? this.nextId++;
  }
}

function key(item: NewRelationItem): string {
  return `${item.document}\n${keyInDocument(item)}`;
}
