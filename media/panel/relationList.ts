import type { RelationRow } from '../../src/protocol/panel';
import { defaultOptions, type ListOptions } from './listOptions';
import { nameGroups, type NameGroups } from './nameGroups';
import { Press } from './press';
import { RelationItems, type ItemActions } from './relationItems';
import { listItems, type ListItem, type PairGroup } from './relationRows';
import { RowHeights } from './rowHeights';
import { RowTexts } from './rowTexts';
import type { TextSearch } from './textSearch';
import { VirtualList } from './virtualList';
import type { Words } from './words';

export interface RelationListActions extends Omit<ItemActions, 'revealCopy'> {
  reveal(id: number, keepFocus: boolean): void;
}

/** The relations in the list, and how they are shown. */
export interface ShownRelations {
  readonly rows: readonly RelationRow[];
  readonly options: ListOptions;
  /** All names of the list, with those of rows that are filtered out. */
  readonly names: NameGroups;
  /** The search that has found the rows. Default: none. */
  readonly search?: TextSearch | undefined;
}

/** The list stays with the reader's row, or goes to the top; `new`: to the top of a list with other rows. */
export type ListMove = 'stay' | 'top' | 'new';

/** The list of relations: pairs that can be opened, with their relations inside. Keys act on the active row. */
export class RelationList {
  private readonly items: RelationItems;
  private readonly list: VirtualList<ListItem>;
  private readonly press: Press;
  private readonly open = new Set<string>();
  private readonly texts: RowTexts;
  private readonly heights: RowHeights;
  private shown: ShownRelations = { rows: [], options: defaultOptions, names: nameGroups([]) };

  constructor(
    words: Words,
    private readonly actions: RelationListActions,
  ) {
    this.texts = new RowTexts(words);
    this.items = new RelationItems(words, this.texts, {
      pin: (row) => actions.pin(row),
      curate: (row, verdict) => actions.curate(row, verdict),
      revealCopy: (id) => actions.reveal(id, true),
    });
    this.heights = new RowHeights(this.texts);
    this.list = this.createList(words.text('relationsList'));
    this.heights.measureIn(this.list.element);
    this.press = new Press(this.list.element);
  }

  get element(): HTMLElement {
    return this.list.element;
  }

  /** Shows these rows, sorted and grouped as the options say. */
  show(shown: ShownRelations, move: ListMove = 'stay'): void {
    this.press.afterwards(() => this.draw(shown, move));
  }

  private draw(shown: ShownRelations, move: ListMove): void {
    this.shown = shown;
    const { rows, options, names, search } = shown;
    this.texts.setNames({ names, isGrouped: options.isGrouped });
    const items = listItems(rows, options, this.open, names, search);
    if (move === 'stay') this.list.show(items);
    else this.list.showFromTop(items, move === 'new');
  }

  private createList(label: string): VirtualList<ListItem> {
    return new VirtualList<ListItem>({
      label,
      keyOf,
      heightOf: (item, width) => this.heights.heightOf(item, width),
      onLayout: () => this.heights.readFont(),
      isHeading: ({ kind }) => kind === 'heading',
      levelOf: (item) => (item.kind === 'relation' && item.isInside ? 2 : 1),
      isOpen: (item) => (item.kind === 'pair' ? item.isOpen : undefined),
      draw: (item) => this.items.draw(item),
      onMove: (item) => {
        if (item.kind === 'relation') this.actions.reveal(item.row.id, true);
      },
      // A click shows the sentence in the editor but keeps the focus here, because keys must not overwrite the
      // selection there.
      onClick: (item, isDouble) => {
        if (item.kind === 'relation') this.actions.reveal(item.row.id, !isDouble);
        else if (item.kind === 'pair' && !isDouble) this.toggle(item.group);
      },
      onChoose: (item, isPreview) => {
        if (item.kind === 'pair') this.toggle(item.group);
        else if (item.kind === 'relation') this.actions.reveal(item.row.id, isPreview);
      },
      onExpand: (item) => {
        if (item.kind === 'pair') this.toggle(item.group);
      },
      onKey: (item, event) => this.onKey(item, event),
    });
  }

  private toggle({ key }: PairGroup): void {
    if (!this.open.delete(key)) this.open.add(key);
    this.show(this.shown);
  }

  private onKey(item: ListItem, { key }: KeyboardEvent): boolean {
    if (item.kind !== 'relation') return false;
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
      case 'c':
        this.items.showCopy(item.row);
        return true;
      default:
        return false;
    }
  }
}

function keyOf(item: ListItem): string {
  switch (item.kind) {
    case 'heading':
      return item.foundIn;
    case 'pair':
      return item.group.key;
    case 'relation':
      return String(item.row.id);
  }
}
