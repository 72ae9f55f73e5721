import { el } from './dom';
import { layOut, totalHeight, visibleRows, type Layout } from './layout';
import { Press } from './press';
import { RowElements } from './rowElements';
import { rowAcross, rowAfterKey } from './rowKeys';

/** A drawn row: its text for screen readers and its visible content. */
export interface DrawnRow {
  readonly label: string;
  readonly content: readonly HTMLElement[];
}

export interface VirtualListOptions<Item> {
  readonly label: string;
  /** Key of an item; equal for items that count as the same row after a change. */
  readonly keyOf: (item: Item) => string;
  /** Height in pixels in a list of this width, computed without drawing the row. */
  readonly heightOf: (item: Item, width: number) => number;
  /** Called before the heights of all rows are asked for. */
  readonly onLayout: () => void;
  /** Whether a row only names those below it: keys and clicks leave it out. */
  readonly isHeading: (item: Item) => boolean;
  /** Draws the content of a row. */
  readonly draw: (item: Item) => DrawnRow;
  /** Whether a row is expanded; undefined if it cannot be expanded. */
  readonly isOpen: (item: Item) => boolean | undefined;
  readonly levelOf: (item: Item) => number;
  /** Called when a key moved to a row. */
  readonly onMove: (item: Item) => void;
  readonly onClick: (item: Item, isDouble: boolean) => void;
  /** Called on Enter or Space. @param isPreview Whether the focus stays in the list, as Space leaves it. */
  readonly onChoose: (item: Item, isPreview: boolean) => void;
  /** Called to expand a collapsed row, or to collapse an expanded one. */
  readonly onExpand: (item: Item) => void;
  /**
   * Called for another key on a row.
   * @returns true if the key was handled.
   */
  readonly onKey: (item: Item, event: KeyboardEvent) => boolean;
}

/** Typical height of a row; a page of the keys Page Up and Page Down has as many rows as fit. */
const typicalHeightPx = 60;

/**
 * A list of any length that only has its visible rows in the page. For screen readers it is a tree grid: one tab stop,
 * arrow keys move, and `aria-activedescendant` names the active row.
 */
export class VirtualList<Item> {
  readonly element: HTMLElement;
  private readonly rows = el('div', { class: 'virtual-rows', attributes: { role: 'rowgroup' } });
  private items: readonly Item[] = [];
  private layout: Layout = layOut(0, () => 0);
  /** Width for which the rows are laid out. */
  private width = 0;
  private active = -1;
  /** Key of the row that the user moved to; it may be missing from the list for a while. */
  private activeKey: string | undefined;
  private readonly drawn = new RowElements(this.rows);

  constructor(private readonly options: VirtualListOptions<Item>) {
    const attributes = { role: 'treegrid', tabindex: '0', 'aria-label': options.label };
    this.element = el('div', { class: 'virtual-list', attributes }, this.rows);
    this.element.addEventListener('scroll', () => this.drawVisible());
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('click', (event) => this.onClick(event));
    const press = new Press(this.element);
    this.element.addEventListener('focus', () => {
      if (this.active >= 0 || press.isDown) return;
      const { first } = visibleRows(this.layout, this.element.scrollTop, 0, 0);
      this.activate(stopAt(this.items, options.isHeading, first, 1));
    });
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  /**
   * Shows other items. The active row stays active and keeps its position on the screen; if it is gone, the next one
   * becomes active.
   */
  show(items: readonly Item[]): void {
    const offset = this.offsetOfActive();
    this.active = this.findActive(items);
    this.layOutRows(items);
    if (offset !== undefined) this.element.scrollTop = (this.layout.tops[this.active] ?? 0) - offset;
    this.drawVisible();
  }

  /**
   * Shows the beginning of other items. The active row stays active if it is visible there; otherwise none is active, so
   * that the keys start at the top.
   *
   * @param isOtherList Whether equal keys do not mean equal rows.
   */
  showFromTop(items: readonly Item[], isOtherList: boolean): void {
    this.element.scrollTop = 0;
    if (isOtherList) this.activeKey = undefined;
    this.active = items.findIndex((item) => this.options.keyOf(item) === this.activeKey);
    this.layOutRows(items);
    if (this.offsetOfActive() === undefined) {
      this.active = -1;
      this.activeKey = undefined;
    }
    this.drawVisible();
  }

  private layOutRows(items: readonly Item[]): void {
    this.items = items;
    // The list is hidden while it is empty; then the next resize lays it out.
    this.width = this.element.clientWidth || this.width;
    this.options.onLayout();
    this.layout = layOut(items.length, (index) => {
      const item = items[index];
      return item === undefined ? 0 : this.options.heightOf(item, this.width);
    });
    this.element.setAttribute('aria-rowcount', String(items.length));
    this.rows.style.height = `${totalHeight(this.layout)}px`;
    this.drawn.clear();
  }

  /** In another width, the texts of the rows wrap at other places. The first visible row stays at the top. */
  private resize(): void {
    const { clientWidth, scrollTop } = this.element;
    if (clientWidth > 0 && clientWidth !== this.width) {
      const first = visibleRows(this.layout, scrollTop, 0, 0).first;
      const below = scrollTop - (this.layout.tops[first] ?? 0);
      this.layOutRows(this.items);
      this.element.scrollTop = (this.layout.tops[first] ?? 0) + below;
    }
    this.drawVisible();
  }

  private findActive(items: readonly Item[]): number {
    const { keyOf } = this.options;
    const before = this.items[this.active];
    if (before === undefined) return -1;
    for (const key of [this.activeKey, keyOf(before)]) {
      const index = items.findIndex((item) => keyOf(item) === key);
      if (index >= 0) return index;
    }
    return stopAt(items, this.options.isHeading, Math.min(this.active, items.length - 1), 1);
  }

  /** Distance from the top edge to the active row; undefined if that row is not visible. */
  private offsetOfActive(): number | undefined {
    const { scrollTop, clientHeight } = this.element;
    const top = this.layout.tops[this.active];
    if (this.active < 0 || top === undefined) return undefined;
    const offset = top - scrollTop;
    return offset >= 0 && offset < clientHeight ? offset : undefined;
  }

  private drawVisible(): void {
    const { first, end } = visibleRows(this.layout, this.element.scrollTop, this.element.clientHeight);
    const rows = new Map<string, HTMLElement>();
    for (let index = first; index < end; index++) {
      const item = this.items[index];
      if (item === undefined) continue;
      const key = this.options.keyOf(item);
      rows.set(key, this.drawn.get(key) ?? this.rowOf(item, index));
    }
    this.drawn.show(rows);
    const id = rowId(this.active);
    if (this.drawn.markActive(id)) this.element.setAttribute('aria-activedescendant', id);
    else this.element.removeAttribute('aria-activedescendant');
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
    const row = el('div', { class: 'row', id: rowId(index), attributes }, cell);
    row.dataset['index'] = String(index);
    row.style.top = `${this.layout.tops[index] ?? 0}px`;
    row.style.height = `${(this.layout.tops[index + 1] ?? 0) - (this.layout.tops[index] ?? 0)}px`;
    return row;
  }

  private activate(index: number): void {
    if (index < 0) return;
    this.active = index;
    const item = this.items[index];
    this.activeKey = item === undefined ? undefined : this.options.keyOf(item);
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
    if (item === undefined || this.options.isHeading(item)) return;
    this.activate(index);
    // Buttons in a row handle their clicks themselves.
    if (target?.closest('vscode-button')) return;
    // The arrow of a row reacts to each click, however fast they are.
    const isArrowClick = target?.closest('.codicon-chevron-right, .codicon-chevron-down');
    this.options.onClick(item, event.detail > 1 && !isArrowClick);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const { isOpen, onExpand, onChoose } = this.options;
    const moved =
      rowAcross(event.key, this.active, this.items, this.options) ??
      rowAfterKey(event.key, {
        active: this.active,
        count: this.items.length,
        page: Math.max(1, Math.floor(this.element.clientHeight / typicalHeightPx)),
      });
    const step = moved !== undefined && moved < this.active ? -1 : 1;
    const target = moved === undefined ? undefined : stopAt(this.items, this.options.isHeading, moved, step);
    const item = this.items[target ?? this.active];
    if (item === undefined) return;
    if (target !== undefined) {
      this.activate(target);
      this.options.onMove(item);
    } else if (event.key === 'Enter' || event.key === ' ') onChoose(item, event.key === ' ');
    else if (isOpen(item) === (event.key === 'ArrowLeft') && isArrow(event.key)) onExpand(item);
    else if (!this.options.onKey(item, event)) return;
    event.preventDefault();
  }
}

/** The row at an index, or the nearest one that is no heading, first in the direction of `step`; -1 if there is none. */
function stopAt<Item>(
  items: readonly Item[],
  isHeading: (item: Item) => boolean,
  index: number,
  step: 1 | -1,
): number {
  for (const direction of [step, -step]) {
    for (let at = index; at >= 0 && at < items.length; at += direction) {
      const item = items[at];
      if (item !== undefined && !isHeading(item)) return at;
    }
  }
  return -1;
}

/** Whether a key expands or collapses a row. */
function isArrow(key: string): boolean {
  return key === 'ArrowLeft' || key === 'ArrowRight';
}

function rowId(index: number): string {
  return `row-${index}`;
}
