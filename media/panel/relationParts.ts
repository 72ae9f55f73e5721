import type { RelationRow, RelationRowsPart } from '../../src/protocol/panel';

/** Joins the parts in which the host sends a long list of relations. */
export class RelationParts {
  private list = 0;
  private rows: readonly RelationRow[] = [];

  /**
   * Adds a part. Parts of a list that is older than the latest are dropped.
   * @returns all rows with the last part, otherwise undefined: showing an incomplete list would lose the reader's
   *   position in it.
   */
  add({ list, isFirst, isLast, rows }: RelationRowsPart): readonly RelationRow[] | undefined {
    if (list < this.list) return undefined;
    this.list = list;
    this.rows = isFirst ? rows : [...this.rows, ...rows];
    return isLast ? this.rows : undefined;
  }
}
