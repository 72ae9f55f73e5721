import type { PanelNotice, PanelState, RelationRow } from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import { RelationItems, type ItemActions } from './relationItems';
import {
  defaultOptions,
  filterRows,
  listItems,
  sortOrders,
  typesOf,
  type ListItem,
  type ListOptions,
  type PairGroup,
  type SortOrder,
} from './relationRows';
import { button, iconButton, select, textBox, type Select, type TextBox } from './toolkit';
import { VirtualList } from './virtualList';
import { relationName, type Words } from './words';

/** Actions that the list requests from the other views and the host. */
export interface RelationActions extends ItemActions {
  reveal(id: number, keepFocus: boolean): void;
  act(action: NonNullable<PanelNotice['action']>['id']): void;
  /** Called when the rows in the list have changed. */
  onRowsChanged(rows: readonly RelationRow[], entity: string | undefined): void;
  onOptions(options: ListOptions): void;
}

const rowHeightPx = 86;
const insideHeightPx = 66;
const pairHeightPx = 46;
const filterDelayMs = 120;

const sortLabels = {
  probability: 'sortProbability',
  sentences: 'sortSentences',
  subject: 'sortSubject',
  object: 'sortObject',
  type: 'sortType',
  place: 'sortPlace',
} as const;

/** The list of relations with its filter. */
export class RelationsView {
  readonly element: HTMLElement;
  private readonly items: RelationItems;
  private readonly list: VirtualList<ListItem>;
  private readonly filterBox: TextBox;
  private readonly typeFilter: Select;
  private readonly sort: Select;
  private readonly probabilityFilter: Select;
  private readonly groupingButton: HTMLElement;
  private readonly filtersButton: HTMLElement;
  private readonly filters = el('div', { class: 'filters' });
  private readonly count = el('span', { class: 'count', attributes: { role: 'status' } });
  private readonly notice = el('div', { class: 'notice' });
  private rows = new Map<number, RelationRow>();
  private filteredRows: readonly RelationRow[] = [];
  private readonly open = new Set<string>();
  private options = defaultOptions;
  private state: PanelState | undefined;
  private timer: number | undefined;

  constructor(
    private readonly words: Words,
    private readonly actions: RelationActions,
  ) {
    this.groupingButton = iconButton('group-by-ref-type', words.text('group'), () =>
      this.change({ isGrouped: !this.options.isGrouped }),
    );
    this.filtersButton = iconButton('filter', words.text('options'), () =>
      this.showFilters(this.filtersButton.getAttribute('aria-expanded') !== 'true'),
    );
    this.filterBox = textBox({
      label: words.text('filter'),
      hint: words.text('filterHint'),
      onInput: (text) => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.change({ text }), filterDelayMs);
      },
      end: [this.filtersButton, this.groupingButton],
    });
    this.typeFilter = select(words.text('relationType'), (type) => this.change({ type }));
    this.sort = select(words.text('sort'), (sort) => this.change({ sort: sort as SortOrder }));
    this.sort.setChoices(sortOrders.map((value) => ({ value, label: words.text(sortLabels[value]) })));
    this.probabilityFilter = select(words.text('minProbability', ''), (value) =>
      this.change({ minProbability: Number(value) }),
    );
    this.probabilityFilter.setChoices(
      [0, 0.5, 0.7, 0.9].map((value) => ({
        value: String(value),
        label:
          value === 0 ? words.text('anyProbability') : words.text('minProbability', words.percent(value)),
      })),
    );
    this.items = new RelationItems(words, actions);
    this.list = this.createList();
    this.filters.append(this.typeFilter.element, this.probabilityFilter.element, this.sort.element);
    this.showFilters(false);
    this.element = el(
      'section',
      { class: 'relations' },
      el('div', { class: 'filter-line' }, this.filterBox.element),
      this.filters,
      el(
        'div',
        { class: 'count-line' },
        this.count,
        iconButton('add', words.text('addRelation'), () => actions.act('addRelation')),
      ),
      this.notice,
      this.list.element,
    );
    this.restore(defaultOptions);
  }

  get currentOptions(): ListOptions {
    return this.options;
  }

  /** Restores the filter. */
  restore(options: ListOptions): void {
    this.options = options;
    this.filterBox.value = options.text;
    this.sort.value = options.sort;
    this.probabilityFilter.value = String(options.minProbability);
    if (options.minProbability > 0 || options.type !== '') this.showFilters(true);
    this.showGrouping();
    this.refresh();
  }

  /** Restricts the list to a name, or shows all if undefined. */
  filterByEntity(entity: string | undefined): void {
    this.change({ entity });
  }

  show(rows: readonly RelationRow[]): void {
    this.rows = new Map(rows.map((row) => [row.id, row]));
    this.refresh();
  }

  setState(state: PanelState): void {
    this.state = state;
    this.showNotice();
  }

  private change(change: Partial<ListOptions>): void {
    this.options = { ...this.options, ...change };
    this.showGrouping();
    this.actions.onOptions(this.options);
    this.refresh();
  }

  private showFilters(isShown: boolean): void {
    setHidden(this.filters, !isShown);
    this.filtersButton.setAttribute('aria-expanded', String(isShown));
    this.filtersButton.classList.toggle('pressed', isShown);
  }

  private showGrouping(): void {
    this.groupingButton.setAttribute('aria-pressed', String(this.options.isGrouped));
    this.groupingButton.classList.toggle('pressed', this.options.isGrouped);
  }

  private refresh(): void {
    const all = [...this.rows.values()];
    const { words } = this;
    this.typeFilter.setChoices([
      { value: '', label: words.text('allTypes') },
      ...typesOf(all).map((type) => ({ value: type, label: relationName(type) })),
    ]);
    this.typeFilter.value = this.options.type;
    this.filteredRows = filterRows(all, this.options);
    this.list.show(listItems(this.filteredRows, this.options, this.open));
    const counted = words.text('countShown', this.filteredRows.length, all.length);
    if (this.count.textContent !== counted) this.count.textContent = counted;
    setHidden(this.count, all.length === 0);
    this.showNotice();
    this.actions.onRowsChanged(this.filteredRows, this.options.entity);
  }

  private showNotice(): void {
    const { relationsNotice, relationsWork } = this.state ?? {};
    const isEmpty = this.filteredRows.length === 0;
    setHidden(this.list.element, isEmpty);
    // A notice with an action is shown even if the list contains relations that the user added.
    const isNews = relationsNotice?.kind === 'problem' || relationsNotice?.action !== undefined;
    if (relationsNotice && (isEmpty || isNews)) {
      this.fillNotice(relationsNotice);
    } else if (isEmpty && this.rows.size > 0 && !relationsWork) {
      const clear = button(this.words.text('clearFilter'), () => this.clearFilter(), 'secondary');
      this.notice.replaceChildren(el('p', {}, this.words.text('noMatch')), clear);
    } else this.notice.replaceChildren();
    setHidden(this.notice, this.notice.childElementCount === 0);
  }

  private fillNotice({ kind, message, action }: PanelNotice): void {
    this.notice.classList.toggle('problem', kind === 'problem');
    const actions = action
      ? [
          button(
            action.label,
            () => this.actions.act(action.id),
            kind === 'problem' ? 'secondary' : 'primary',
          ),
        ]
      : [];
    this.notice.replaceChildren(el('p', {}, message), ...actions);
  }

  private clearFilter(): void {
    const { sort, isGrouped } = this.options;
    this.restore({ ...defaultOptions, sort, isGrouped });
    this.actions.onOptions(this.options);
    this.filterBox.focus();
  }

  private createList(): VirtualList<ListItem> {
    return new VirtualList<ListItem>({
      label: this.words.text('relationsList'),
      keyOf: (item) => (item.kind === 'pair' ? item.group.key : String(item.row.id)),
      heightOf: (item) => {
        if (item.kind === 'pair') return pairHeightPx;
        return item.isInside ? insideHeightPx : rowHeightPx;
      },
      levelOf: (item) => (item.kind === 'relation' && item.isInside ? 2 : 1),
      isOpen: (item) => (item.kind === 'pair' ? item.isOpen : undefined),
      draw: (item) =>
        item.kind === 'pair'
          ? this.items.pair(item.group, item.isOpen)
          : this.items.relation(item.row, item.isInside),
      onMove: (item) => {
        if (item.kind === 'relation') this.actions.reveal(item.row.id, true);
      },
      // A click shows the sentence in the editor but keeps the focus here, because keys must not overwrite the
      // selection there.
      onClick: (item, isDouble) => {
        if (item.kind === 'relation') this.actions.reveal(item.row.id, !isDouble);
        else if (!isDouble) this.toggle(item.group);
      },
      onChoose: (item) => {
        if (item.kind === 'pair') this.toggle(item.group);
        else this.actions.reveal(item.row.id, false);
      },
      onKey: (item, event) => this.onKey(item, event),
    });
  }

  private toggle({ key }: PairGroup): void {
    if (!this.open.delete(key)) this.open.add(key);
    this.refresh();
  }

  private onKey(item: ListItem, { key }: KeyboardEvent): boolean {
    if (item.kind === 'pair') {
      if ((key === 'ArrowRight') === item.isOpen && (key === 'ArrowRight' || key === 'ArrowLeft'))
        return true;
      if (key === 'ArrowRight' || key === 'ArrowLeft') this.toggle(item.group);
      return key === 'ArrowRight' || key === 'ArrowLeft';
    }
    switch (key.toLowerCase()) {
      case 'p':
        this.actions.pin(item.row);
        return true;
      case 'a':
        this.actions.curate(item.row, 'accept');
        return true;
      case 'delete':
      case 'r':
        this.actions.curate(item.row, 'reject');
        return true;
      case 't':
        this.actions.curate(item.row, 'retype');
        return true;
      case 'u':
        this.actions.curate(item.row, 'undo');
        return true;
      default:
        return false;
    }
  }
}
