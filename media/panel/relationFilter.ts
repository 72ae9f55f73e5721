import type { PanelScope, RelationRow } from '../../src/protocol/panel';
import { ChipList } from './chipList';
import { el, setHidden, setPressed } from './dom';
import { filterChips } from './filterChips';
import { filterControls, offerOf, type FilterControl } from './filterControls';
import { defaultOptions, noFilters, optionsIn, type ListOptions } from './listOptions';
import { nameGroups, type NameGroups } from './nameGroups';
import { iconButton, textBox, type TextBox } from './toolkit';
import type { Words } from './words';

const filterDelayMs = 120;

export interface FilterActions {
  /** Called when the user or the graph has changed an option. */
  onChange(): void;
  /** The relations that the list shows with these options. */
  rowsFor(options: ListOptions): readonly RelationRow[];
}

/**
 * The box that searches the list of relations, the controls that filter, sort and group it, which a button shows, and the
 * active filters as chips.
 */
export class RelationFilter {
  readonly elements: readonly HTMLElement[];
  private readonly box: TextBox;
  private readonly controls: readonly FilterControl[];
  private readonly chips: ChipList;
  private readonly tentativeButton: HTMLElement;
  private readonly areaButton: HTMLElement;
  private readonly area: HTMLElement;
  private chosen = defaultOptions;
  private offer = offerOf([], nameGroups([]));
  private timer: number | undefined;

  constructor(
    private readonly words: Words,
    private readonly actions: FilterActions,
  ) {
    this.tentativeButton = iconButton('question', words.text('tentative'), () =>
      this.change({ withTentative: !this.chosen.withTentative }),
    );
    this.areaButton = iconButton('filter', words.text('filters'), () =>
      this.showArea(this.area.hidden === true),
    );
    this.box = textBox({
      label: words.text('filter'),
      hint: words.text('filterHint'),
      onInput: (text) => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.change({ text }), filterDelayMs);
      },
      end: [this.tentativeButton, this.areaButton],
    });
    this.controls = filterControls(words, {
      change: (change) => this.change(change),
      rowsWith: (change) => actions.rowsFor({ ...this.chosen, ...change }),
      names: () => this.offer.names,
    });
    this.chips = new ChipList(words, {
      remove: (without) => this.change(without),
      clear: () => this.clear(),
      leave: () => this.box.focus(),
    });
    const attributes = { role: 'group', 'aria-label': words.text('filters') };
    const elements = this.controls.map(({ element }) => element);
    this.area = el('div', { id: 'filters', class: 'filters', attributes }, ...elements);
    this.areaButton.setAttribute('aria-controls', this.area.id);
    this.elements = [el('div', { class: 'filter-line' }, this.box.element), this.area, this.chips.element];
    for (const element of this.elements) element.addEventListener('keydown', (event) => this.onKey(event));
    this.showArea(false);
    this.restore(defaultOptions);
  }

  get options(): ListOptions {
    return this.chosen;
  }

  /** Chooses options that were saved. */
  restore(options: ListOptions): void {
    clearTimeout(this.timer);
    this.chosen = options;
    this.box.value = options.text;
    this.showOptions();
  }

  change(change: Partial<ListOptions>): void {
    this.chosen = { ...this.chosen, ...change };
    this.showOptions();
    this.actions.onChange();
  }

  /** Removes all restrictions of the list, but not its order and grouping. */
  clear(): void {
    // In one document, the choice of drafts is no restriction. It stays for other scopes.
    const kept = this.offer.scope === 'document' ? { withoutDrafts: this.chosen.withoutDrafts } : {};
    this.restore({ ...this.chosen, ...noFilters, ...kept, text: '' });
    this.actions.onChange();
    this.box.focus();
  }

  /** Offers the types, names and papers of the relations of a scope. */
  setRows(rows: readonly RelationRow[], names: NameGroups, scope: PanelScope): void {
    this.offer = offerOf(rows, names, scope);
    this.showOptions();
  }

  private showOptions(): void {
    const options = optionsIn(this.offer.scope, this.chosen);
    const chips = filterChips(options, this.offer, this.words);
    for (const control of this.controls) control.show(options, this.offer, chips);
    this.chips.show(chips);
    setPressed(this.tentativeButton, this.chosen.withTentative);
  }

  private showArea(isShown: boolean): void {
    setHidden(this.area, !isShown);
    this.areaButton.setAttribute('aria-expanded', String(isShown));
    this.areaButton.classList.toggle('pressed', isShown);
  }

  private onKey(event: KeyboardEvent): void {
    // A list of choices that Escape has closed has prevented its default.
    if (event.key !== 'Escape' || event.defaultPrevented || this.area.hidden) return;
    event.preventDefault();
    this.showArea(false);
    this.areaButton.focus();
  }
}
