import type { RelationRow } from '../../src/protocol/panel';
import { nameGroups, type NameGroups } from './nameGroups';
import { RelationItems, type ItemActions } from './relationItems';
import { defaultOptions, listItems, type ListItem, type ListOptions, type PairGroup } from './relationRows';
import { VirtualList } from './virtualList';
import type { Words } from './words';

export interface RelationListActions extends ItemActions {
  reveal(id: number, keepFocus: boolean): void;
}

const rowHeightPx = 86;
const insideHeightPx = 66;
const pairHeightPx = 46;

/** The list of relations: pairs that can be opened, with their relations inside. Keys act on the active row. */
export class RelationList {
  private readonly items: RelationItems;
  private readonly list: VirtualList<ListItem>;
  private readonly open = new Set<string>();
  private rows: readonly RelationRow[] = [];
  private options = defaultOptions;
  private names: NameGroups = nameGroups([]);

  constructor(
    words: Words,
    private readonly actions: RelationListActions,
  ) {
    this.items = new RelationItems(words, actions);
    this.list = this.createList(words.text('relationsList'));
  }

  get element(): HTMLElement {
    return this.list.element;
  }

  /**
   * Shows these rows, sorted and grouped as the options say.
   * @param names All names of the list, with those of rows that are filtered out.
   */
  show(rows: readonly RelationRow[], options: ListOptions, names: NameGroups): void {
    this.rows = rows;
    this.options = options;
    this.names = names;
    this.items.setNames({ names, isGrouped: options.isGrouped });
    this.list.show(listItems(rows, options, this.open, names));
  }

  private createList(label: string): VirtualList<ListItem> {
    return new VirtualList<ListItem>({
      label,
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
    this.show(this.rows, this.options, this.names);
  }

  private onKey(item: ListItem, { key }: KeyboardEvent): boolean {
    if (item.kind === 'pair') {
      if (key !== 'ArrowRight' && key !== 'ArrowLeft') return false;
      if ((key === 'ArrowRight') !== item.isOpen) this.toggle(item.group);
      return true;
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
