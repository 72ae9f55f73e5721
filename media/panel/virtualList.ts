import { el } from './dom';
import { layOut, totalHeight, visibleRows, type Layout } from './layout';

/** A row of a list: what is read aloud, and what is seen. */
export interface Drawn {
  readonly label: string;
  readonly content: readonly HTMLElement[];
}

export interface VirtualListOptions<Item> {
  readonly label: string;
  /** Equal for what counts as the same row after a change. */
  readonly keyOf: (item: Item) => string;
  /** In pixels, without reading the page. */
  readonly heightOf: (item: Item) => number;
  /** The inside of a row. */
  readonly draw: (item: Item) => Drawn;
  /** Of a row that opens and closes; undefined for others. */
  readonly isOpen: (item: Item) => boolean | undefined;
  readonly levelOf: (item: Item) => number;
  /** The caret walked onto a row. */
  readonly onWalk: (item: Item) => void;
  readonly onClick: (item: Item, isDouble: boolean) => void;
  /** Enter. */
  readonly onChoose: (item: Item) => void;
  /** Another key on a row. @returns true when it was used. */
  readonly onKey: (item: Item, event: KeyboardEvent) => boolean;
}

/**
 * A list of any length of which only what is on show is in the page. A tree grid for screen readers: one tab stop,
 * arrows walk, the active row is named by `aria-activedescendant`.
 */
export class VirtualList<Item> {
  readonly element: HTMLElement;
  private readonly rows = el('div', { class: 'virtual-rows', attributes: { role: 'rowgroup' } });
  private items: readonly Item[] = [];
  private layout: Layout = layOut(0, () => 0);
  private active = -1;
  /** Of the row that the reader went to, which may be away for a while. */
  private wanted: string | undefined;
  private drawn = new Map<string, HTMLElement>();

  constructor(private readonly options: VirtualListOptions<Item>) {
    const attributes = { role: 'treegrid', tabindex: '0', 'aria-label': options.label };
    this.element = el('div', { class: 'virtual-list', attributes }, this.rows);
    this.element.addEventListener('scroll', () => this.drawVisible());
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('click', (event) => this.onClick(event));
    this.element.addEventListener('focus', () => {
      if (this.active < 0 && this.items.length > 0) this.activate(0);
    });
    new ResizeObserver(() => this.drawVisible()).observe(this.element);
  }

  get scrollTop(): number {
    return this.element.scrollTop;
  }

  set scrollTop(value: number) {
    this.element.scrollTop = value;
  }

  get activeItem(): Item | undefined {
    return this.items[this.active];
  }

  /** Shows other items; the caret stays on its row, and that in its place. Where the row is gone, the next one has it. */
  show(items: readonly Item[]): void {
    const { heightOf } = this.options;
    const offset = this.offsetOfActive();
    const active = this.findActive(items);
    this.items = items;
    this.layout = layOut(items.length, (index) => {
      const item = items[index];
      return item === undefined ? 0 : heightOf(item);
    });
    this.active = active;
    this.element.setAttribute('aria-rowcount', String(items.length));
    this.rows.style.height = `${totalHeight(this.layout)}px`;
    for (const row of this.drawn.values()) row.remove();
    this.drawn.clear();
    if (offset !== undefined) this.element.scrollTop = (this.layout.tops[active] ?? 0) - offset;
    this.drawVisible();
  }

  private findActive(items: readonly Item[]): number {
    const { keyOf } = this.options;
    const before = this.items[this.active];
    if (before === undefined) return -1;
    for (const key of [this.wanted, keyOf(before)]) {
      const found = items.findIndex((item) => keyOf(item) === key);
      if (found >= 0) return found;
    }
    return Math.min(this.active, items.length - 1);
  }

  /** From the upper edge to the row of the caret; undefined where that is not on show. */
  private offsetOfActive(): number | undefined {
    const { scrollTop, clientHeight } = this.element;
    const top = this.layout.tops[this.active];
    if (this.active < 0 || top === undefined) return undefined;
    const offset = top - scrollTop;
    return offset >= 0 && offset < clientHeight ? offset : undefined;
  }

  private drawVisible(): void {
    const { first, end } = visibleRows(this.layout, this.element.scrollTop, this.element.clientHeight);
    const drawn = new Map<string, HTMLElement>();
    for (let index = first; index < end; index++) {
      const item = this.items[index];
      if (item === undefined) continue;
      const key = this.options.keyOf(item);
      drawn.set(key, this.drawn.get(key) ?? this.rowOf(item, index));
    }
    for (const [key, row] of this.drawn) if (drawn.get(key) !== row) row.remove();
    this.drawn = drawn;
    this.place([...drawn.values()]);
    this.markActive();
  }

  /** Rows stand in the page in their order. Those that are there are not touched: a click on one would get lost. */
  private place(rows: readonly HTMLElement[]): void {
    let next: Element | null = null;
    for (const row of [...rows].reverse()) {
      if (row.parentElement !== this.rows || row.nextElementSibling !== next)
        this.rows.insertBefore(row, next);
      next = row;
    }
  }

  private rowOf(item: Item, index: number): HTMLElement {
    const { draw, isOpen, levelOf } = this.options;
    const { label, content } = draw(item);
    const cell = el('div', { class: 'cell', attributes: { role: 'gridcell' } }, ...content);
    const open = isOpen(item);
    const attributes = {
      role: 'row',
      'aria-label': label,
      'aria-rowindex': String(index + 1),
      'aria-level': String(levelOf(item)),
      ...(open === undefined ? {} : { 'aria-expanded': String(open) }),
    };
    const row = el('div', { class: 'row', id: `row-${index}`, attributes }, cell);
    row.dataset['index'] = String(index);
    row.style.top = `${this.layout.tops[index] ?? 0}px`;
    row.style.height = `${(this.layout.tops[index + 1] ?? 0) - (this.layout.tops[index] ?? 0)}px`;
    return row;
  }

  private markActive(): void {
    for (const row of this.drawn.values()) {
      const isActive = row.dataset['index'] === String(this.active);
      row.classList.toggle('active', isActive);
      row.setAttribute('aria-selected', String(isActive));
    }
    const isDrawn = [...this.drawn.values()].some((row) => row.classList.contains('active'));
    if (isDrawn) this.element.setAttribute('aria-activedescendant', `row-${this.active}`);
    else this.element.removeAttribute('aria-activedescendant');
  }

  private activate(index: number): void {
    this.active = index;
    const item = this.items[index];
    this.wanted = item === undefined ? undefined : this.options.keyOf(item);
    const top = this.layout.tops[index] ?? 0;
    const bottom = this.layout.tops[index + 1] ?? top;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.element.scrollTop = bottom - clientHeight;
    this.drawVisible();
  }

  private onClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : undefined;
    const index = Number(target?.closest<HTMLElement>('.row')?.dataset['index'] ?? -1);
    const item = this.items[index];
    if (item === undefined) return;
    this.activate(index);
    // Buttons in a row do their own.
    if (!target?.closest('vscode-button')) this.options.onClick(item, event.detail > 1);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = this.targetOf(event.key);
    const item = this.items[to ?? this.active];
    if (item === undefined) return;
    if (to !== undefined) {
      this.activate(to);
      this.options.onWalk(item);
    } else if (event.key === 'Enter' || event.key === ' ') this.options.onChoose(item);
    else if (!this.options.onKey(item, event)) return;
    event.preventDefault();
  }

  private targetOf(key: string): number | undefined {
    const last = this.items.length - 1;
    const page = Math.max(1, Math.floor(this.element.clientHeight / 60));
    switch (key) {
      case 'ArrowDown':
        return Math.min(last, this.active + 1);
      case 'ArrowUp':
        return Math.max(0, this.active - 1);
      case 'PageDown':
        return Math.min(last, this.active + page);
      case 'PageUp':
        return Math.max(0, this.active - page);
      case 'Home':
        return 0;
      case 'End':
        return last;
      default:
        return undefined;
    }
  }
}
