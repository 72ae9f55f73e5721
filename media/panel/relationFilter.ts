import type { RelationRow } from '../../src/protocol/panel';
import { el, setHidden, setPressed } from './dom';
import { defaultOptions, sortOrders, typesOf, type ListOptions, type SortOrder } from './relationRows';
import { iconButton, select, textBox, type Select, type TextBox } from './toolkit';
import { relationName, type Words } from './words';

const filterDelayMs = 120;

const sortLabels = {
  probability: 'sortProbability',
  sentences: 'sortSentences',
  subject: 'sortSubject',
  object: 'sortObject',
  type: 'sortType',
  place: 'sortPlace',
} as const;

/** The controls that filter, sort and group the list of relations, and the options that are chosen in them. */
export class RelationFilter {
  readonly elements: readonly HTMLElement[];
  private readonly box: TextBox;
  private readonly type: Select;
  private readonly probability: Select;
  private readonly sort: Select;
  private readonly tentativeButton: HTMLElement;
  private readonly groupingButton: HTMLElement;
  private readonly selectsButton: HTMLElement;
  private readonly selects: HTMLElement;
  private chosen = defaultOptions;
  private timer: number | undefined;

  /** @param onChange Called when the user or the graph has changed an option. */
  constructor(
    private readonly words: Words,
    private readonly onChange: () => void,
  ) {
    this.tentativeButton = iconButton('question', words.text('tentative'), () =>
      this.change({ withTentative: !this.chosen.withTentative }),
    );
    this.groupingButton = iconButton('group-by-ref-type', words.text('group'), () =>
      this.change({ isGrouped: !this.chosen.isGrouped }),
    );
    this.selectsButton = iconButton('filter', words.text('options'), () =>
      this.showSelects(this.selects.hidden === true),
    );
    this.box = textBox({
      label: words.text('filter'),
      hint: words.text('filterHint'),
      onInput: (text) => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.change({ text }), filterDelayMs);
      },
      end: [this.tentativeButton, this.selectsButton, this.groupingButton],
    });
    this.type = select(words.text('relationType'), (type) => this.change({ type }));
    this.probability = probabilitySelect(words, (minProbability) => this.change({ minProbability }));
    this.sort = select(words.text('sort'), (sort) => this.change({ sort: sort as SortOrder }));
    this.sort.setChoices(sortOrders.map((value) => ({ value, label: words.text(sortLabels[value]) })));
    const selects = [this.type, this.probability, this.sort].map(({ element }) => element);
    this.selects = el('div', { class: 'filters' }, ...selects);
    this.elements = [el('div', { class: 'filter-line' }, this.box.element), this.selects];
    this.showSelects(false);
    this.setTypesOf([]);
    this.restore(defaultOptions);
  }

  get options(): ListOptions {
    return this.chosen;
  }

  /** Chooses options that were saved. A type that is not offered yet is chosen by {@link setTypesOf}. */
  restore(options: ListOptions): void {
    this.chosen = options;
    this.box.value = options.text;
    this.type.value = options.type;
    this.sort.value = options.sort;
    this.probability.value = String(options.minProbability);
    if (options.minProbability > 0 || options.type !== '') this.showSelects(true);
    setPressed(this.groupingButton, this.chosen.isGrouped);
    setPressed(this.tentativeButton, this.chosen.withTentative);
  }

  change(change: Partial<ListOptions>): void {
    this.chosen = { ...this.chosen, ...change };
    setPressed(this.groupingButton, this.chosen.isGrouped);
    setPressed(this.tentativeButton, this.chosen.withTentative);
    this.onChange();
  }

  /** Removes all restrictions of the list, but not its order and grouping. */
  clear(): void {
    const { sort, isGrouped, withTentative } = this.chosen;
    this.restore({ ...defaultOptions, sort, isGrouped, withTentative });
    this.onChange();
    this.box.focus();
  }

  /** Offers the types of these relations. */
  setTypesOf(rows: readonly RelationRow[]): void {
    this.type.setChoices([
      { value: '', label: this.words.text('allTypes') },
      ...typesOf(rows).map((type) => ({ value: type, label: relationName(type) })),
    ]);
    this.type.value = this.chosen.type;
  }

  private showSelects(isShown: boolean): void {
    setHidden(this.selects, !isShown);
    this.selectsButton.setAttribute('aria-expanded', String(isShown));
    this.selectsButton.classList.toggle('pressed', isShown);
  }
}

function probabilitySelect(words: Words, onChange: (value: number) => void): Select {
  const probability = select(words.text('minProbability', ''), (value) => onChange(Number(value)));
  probability.setChoices(
    [0, 0.5, 0.7, 0.9].map((value) => ({
      value: String(value),
      label: value === 0 ? words.text('anyProbability') : words.text('minProbability', words.percent(value)),
    })),
  );
  return probability;
}
