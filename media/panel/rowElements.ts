/**
 * The elements of the rows that are in the page. Rows that stay visible are not touched, because moving an element
 * would lose a click in progress.
 */
export class RowElements {
  private byKey: ReadonlyMap<string, HTMLElement> = new Map();

  constructor(private readonly parent: HTMLElement) {}

  get(key: string): HTMLElement | undefined {
    return this.byKey.get(key);
  }

  /** Puts these rows into the page, in their order, and removes all others. */
  show(rows: ReadonlyMap<string, HTMLElement>): void {
    for (const [key, row] of this.byKey) if (rows.get(key) !== row) row.remove();
    this.byKey = rows;
    let next: Element | null = null;
    for (const row of [...rows.values()].reverse()) {
      if (row.parentElement !== this.parent || row.nextElementSibling !== next)
        this.parent.insertBefore(row, next);
      next = row;
    }
  }

  clear(): void {
    this.show(new Map());
  }

  /**
   * Marks a row as active and all others as not.
   * @param id Id of the element.
   * @returns true if that row is in the page.
   */
  markActive(id: string): boolean {
    for (const row of this.byKey.values()) {
      row.classList.toggle('active', row.id === id);
      row.setAttribute('aria-selected', String(row.id === id));
    }
    return [...this.byKey.values()].some((row) => row.id === id);
  }
}
