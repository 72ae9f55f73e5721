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

/** What the list asks of the rest. */
export interface RelationActions extends ItemActions {
  reveal(id: number, keepFocus: boolean): void;
  act(action: NonNullable<PanelNotice['action']>['id']): void;
  /** Other rows are on the list. */
  onShown(rows: readonly RelationRow[], entity: string | undefined): void;
  onOptions(options: ListOptions): void;
}

const rowHeight = 86;
const insideHeight = 66;
const pairHeight = 46;
const filterMs = 120;

const sortWords = {
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
  private readonly types: Select;
  private readonly sort: Select;
  private readonly least: Select;
  private readonly grouping: HTMLElement;
  private readonly more: HTMLElement;
  private readonly filters = el('div', { class: 'filters' });
  private readonly count = el('span', { class: 'count', attributes: { role: 'status' } });
  private readonly notice = el('div', { class: 'notice' });
  private rows = new Map<number, RelationRow>();
  private shown: readonly RelationRow[] = [];
  private readonly open = new Set<string>();
  private options = defaultOptions;
  private state: PanelState | undefined;
  private timer: number | undefined;

  constructor(
    private readonly words: Words,
    private readonly actions: RelationActions,
  ) {
    this.grouping = iconButton('group-by-ref-type', words.say('group'), () =>
      this.change({ isGrouped: !this.options.isGrouped }),
    );
    this.more = iconButton('filter', words.say('options'), () =>
      this.showFilters(this.more.getAttribute('aria-expanded') !== 'true'),
    );
    this.filterBox = textBox({
      label: words.say('filter'),
      hint: words.say('filterHint'),
      onInput: (text) => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.change({ text }), filterMs);
      },
      end: [this.more, this.grouping],
    });
    this.types = select(words.say('relationType'), (type) => this.change({ type }));
    this.sort = select(words.say('sort'), (sort) => this.change({ sort: sort as SortOrder }));
    this.sort.setChoices(sortOrders.map((value) => ({ value, label: words.say(sortWords[value]) })));
    this.least = select(words.say('minProbability', ''), (value) =>
      this.change({ minProbability: Number(value) }),
    );
    this.least.setChoices(
      [0, 0.5, 0.7, 0.9].map((value) => ({
        value: String(value),
        label: value === 0 ? words.say('anyProbability') : words.say('minProbability', words.percent(value)),
      })),
    );
    this.items = new RelationItems(words, actions);
    this.list = this.createList();
    this.filters.append(this.types.element, this.least.element, this.sort.element);
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
        iconButton('add', words.say('addRelation'), () => actions.act('addRelation')),
      ),
      this.notice,
      this.list.element,
    );
    this.restore(defaultOptions);
  }

  get currentOptions(): ListOptions {
    return this.options;
  }

  /** Puts the filter where it was. */
  restore(options: ListOptions): void {
    this.options = options;
    this.filterBox.value = options.text;
    this.sort.value = options.sort;
    this.least.value = String(options.minProbability);
    if (options.minProbability > 0 || options.type !== '') this.showFilters(true);
    this.showGrouping();
    this.refresh();
  }

  /** Narrows the list to a name; undefined: all. */
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
    this.more.setAttribute('aria-expanded', String(isShown));
    this.more.classList.toggle('pressed', isShown);
  }

  private showGrouping(): void {
    this.grouping.setAttribute('aria-pressed', String(this.options.isGrouped));
    this.grouping.classList.toggle('pressed', this.options.isGrouped);
  }

  private refresh(): void {
    const all = [...this.rows.values()];
    const { words } = this;
    this.types.setChoices([
      { value: '', label: words.say('allTypes') },
      ...typesOf(all).map((type) => ({ value: type, label: relationName(type) })),
    ]);
    this.types.value = this.options.type;
    this.shown = filterRows(all, this.options);
    this.list.show(listItems(this.shown, this.options, this.open));
    const counted = words.say('countShown', this.shown.length, all.length);
    if (this.count.textContent !== counted) this.count.textContent = counted;
    setHidden(this.count, all.length === 0);
    this.showNotice();
    this.actions.onShown(this.shown, this.options.entity);
  }

  private showNotice(): void {
    const { relationsNotice, relationsWork } = this.state ?? {};
    const isEmpty = this.shown.length === 0;
    setHidden(this.list.element, isEmpty);
    // What goes on with a button is said beside what the reader added by hand, too.
    const isNews = relationsNotice?.kind === 'problem' || relationsNotice?.action !== undefined;
    if (relationsNotice && (isEmpty || isNews)) {
      this.fillNotice(relationsNotice);
    } else if (isEmpty && this.rows.size > 0 && !relationsWork) {
      const clear = button(this.words.say('clearFilter'), () => this.clearFilter(), 'secondary');
      this.notice.replaceChildren(el('p', {}, this.words.say('noMatch')), clear);
    } else this.notice.replaceChildren();
    setHidden(this.notice, this.notice.childElementCount === 0);
  }

  private fillNotice({ kind, message, action }: PanelNotice): void {
    this.notice.classList.toggle('problem', kind === 'problem');
    const go = action
      ? [
          button(
            action.label,
            () => this.actions.act(action.id),
            kind === 'problem' ? 'secondary' : 'primary',
          ),
        ]
      : [];
    this.notice.replaceChildren(el('p', {}, message), ...go);
  }

  private clearFilter(): void {
    const { sort, isGrouped } = this.options;
    this.restore({ ...defaultOptions, sort, isGrouped });
    this.actions.onOptions(this.options);
    this.filterBox.focus();
  }

  private createList(): VirtualList<ListItem> {
    return new VirtualList<ListItem>({
      label: this.words.say('relationsList'),
      keyOf: (item) => (item.kind === 'pair' ? item.group.key : String(item.row.id)),
      heightOf: (item) => {
        if (item.kind === 'pair') return pairHeight;
        return item.isInside ? insideHeight : rowHeight;
      },
      levelOf: (item) => (item.kind === 'relation' && item.isInside ? 2 : 1),
      isOpen: (item) => (item.kind === 'pair' ? item.isOpen : undefined),
      draw: (item) =>
        item.kind === 'pair'
          ? this.items.pair(item.group, item.isOpen)
          : this.items.relation(item.row, item.isInside),
      onWalk: (item) => {
        if (item.kind === 'relation') this.actions.reveal(item.row.id, true);
      },
      // A click shows the sentence, and keys stay here: they must not write over what is selected there.
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
