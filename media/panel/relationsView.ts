import type { PanelNotice, PanelState, RelationRow } from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import { NamedConcepts } from './namedConcepts';
import { nameGroups, type NameGroups } from './nameGroups';
import { RelationFilter } from './relationFilter';
import { RelationList, type RelationListActions } from './relationList';
import { filterRows, type ListOptions } from './relationRows';
import { button, iconButton } from './toolkit';
import type { Words } from './words';

/** Actions that the relations request from the other views and the host. */
export interface RelationActions extends RelationListActions {
  act(action: NonNullable<PanelNotice['action']>['id']): void;
  /** Called when the rows in the list have changed. */
  onRowsChanged(rows: readonly RelationRow[], names: NameGroups, entity: string | undefined): void;
  /** Returns the identifiers of the concepts that a typed name may mean. */
  conceptsNamed(text: string): Promise<readonly string[]>;
  onOptions(): void;
}

/** The relations that were found: the filter, their number, a notice that explains an empty list, and the list. */
export class RelationsView {
  readonly element: HTMLElement;
  private readonly filter: RelationFilter;
  private readonly list: RelationList;
  private readonly count = el('span', { class: 'count', attributes: { role: 'status' } });
  private readonly notice = el('div', { class: 'notice' });
  private rows: readonly RelationRow[] = [];
  private filteredRows: readonly RelationRow[] = [];
  private names = nameGroups([]);
  private readonly concepts: NamedConcepts;
  private state: PanelState | undefined;

  constructor(
    private readonly words: Words,
    private readonly actions: RelationActions,
  ) {
    this.filter = new RelationFilter(words, () => {
      actions.onOptions();
      this.refresh();
    });
    this.concepts = new NamedConcepts(
      (text) => actions.conceptsNamed(text),
      () => this.refresh(),
    );
    this.list = new RelationList(words, actions);
    this.element = el(
      'section',
      { class: 'relations' },
      ...this.filter.elements,
      el(
        'div',
        { class: 'count-line' },
        this.count,
        iconButton('add', words.text('addRelation'), () => actions.act('addRelation')),
      ),
      this.notice,
      this.list.element,
    );
    this.refresh();
  }

  get currentOptions(): ListOptions {
    return this.filter.options;
  }

  /** Restores the filter. */
  restore(options: ListOptions): void {
    this.filter.restore(options);
    this.refresh();
  }

  /** Restricts the list to a name, or shows all if undefined. */
  filterByEntity(entity: string | undefined): void {
    this.filter.change({ entity });
  }

  show(rows: readonly RelationRow[]): void {
    this.rows = rows;
    this.names = nameGroups(rows);
    this.filter.setTypesOf(rows);
    this.refresh();
  }

  setState(state: PanelState): void {
    this.state = state;
    this.showNotice();
  }

  private refresh(): void {
    const { words, rows, names } = this;
    const { options } = this.filter;
    this.filteredRows = filterRows(rows, options, { names, concepts: this.concepts.of(options.text) });
    this.list.show(this.filteredRows, options, names);
    const counted = words.text('countShown', this.filteredRows.length, rows.length);
    if (this.count.textContent !== counted) this.count.textContent = counted;
    setHidden(this.count, rows.length === 0);
    this.showNotice();
    this.actions.onRowsChanged(this.filteredRows, names, options.entity);
  }

  private showNotice(): void {
    const { relationsNotice, relationsWork } = this.state ?? {};
    const isEmpty = this.filteredRows.length === 0;
    setHidden(this.list.element, isEmpty);
    // A notice with an action is shown even if the list contains relations that the user added.
    const isNews = relationsNotice?.kind === 'problem' || relationsNotice?.action !== undefined;
    if (relationsNotice && (isEmpty || isNews)) {
      this.fillNotice(relationsNotice);
    } else if (isEmpty && this.rows.length > 0 && !relationsWork) {
      this.notice.replaceChildren(...emptyListReason(this.words, this.filter, this.rows));
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
}

/** Says why the list is empty although there are relations: all are less certain, or the filter excludes them. */
function emptyListReason(
  words: Words,
  filter: RelationFilter,
  rows: readonly RelationRow[],
): readonly HTMLElement[] {
  const isUncertain = !filter.options.withTentative && rows.every(({ isTentative }) => isTentative);
  const [reason, label, act] = isUncertain
    ? (['onlyTentative', 'tentative', () => filter.change({ withTentative: true })] as const)
    : (['noMatch', 'clearFilter', () => filter.clear()] as const);
  return [el('p', {}, words.text(reason)), button(words.text(label), act, 'secondary')];
}
