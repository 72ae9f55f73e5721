import type { PanelNotice, PanelScope, PanelState, RelationRow } from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import { filterRows } from './filterRows';
import { optionsIn, type ListOptions } from './listOptions';
import { NamedConcepts } from './namedConcepts';
import { nameGroups, type NameGroups } from './nameGroups';
import { RelationFilter } from './relationFilter';
import { RelationList, type ListMove, type RelationListActions } from './relationList';
import { RelationsNotice } from './relationsNotice';
import { TextSearch } from './textSearch';
import { iconButton } from './toolkit';
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

interface ListedRelations {
  readonly rows: readonly RelationRow[];
  readonly names: NameGroups;
  readonly scope?: PanelScope | undefined;
}

/** The relations that were found: the filter, their number, a notice that explains an empty list, and the list. */
export class RelationsView {
  readonly element: HTMLElement;
  private readonly filter: RelationFilter;
  private readonly list: RelationList;
  private readonly count = el('span', {
    class: 'count',
    attributes: { role: 'status', 'aria-live': 'polite' },
  });
  private readonly notice: RelationsNotice;
  /** All relations of a scope, with their names. */
  private listed: ListedRelations = { rows: [], names: nameGroups([]) };
  private filteredRows: readonly RelationRow[] = [];
  private readonly concepts: NamedConcepts;
  private state: PanelState | undefined;

  constructor(
    private readonly words: Words,
    private readonly actions: RelationActions,
  ) {
    this.filter = new RelationFilter(words, {
      onChange: () => {
        actions.onOptions();
        this.refresh('top');
      },
      rowsFor: (options) => {
        const { rows, scope } = this.listed;
        return filterRows(rows, optionsIn(scope, options), this.searchFor(options));
      },
    });
    this.concepts = new NamedConcepts(
      (text) => actions.conceptsNamed(text),
      () => this.refresh('top'),
    );
    this.list = new RelationList(words, actions);
    this.notice = new RelationsNotice(words, {
      act: (action) => actions.act(action),
      showTentative: () => this.filter.change({ withTentative: true }),
      clearFilters: () => this.filter.clear(),
    });
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
      this.notice.element,
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

  /** Shows the choice whether drafts and notes are left out, which the answers share. */
  setWithoutDrafts(withoutDrafts: boolean): void {
    if (withoutDrafts !== this.filter.options.withoutDrafts) this.filter.change({ withoutDrafts });
  }

  /** Restricts the list to a name, or shows all if undefined. */
  filterByEntity(entity: string | undefined): void {
    this.filter.change({ entity });
  }

  /** @param scope The scope that the rows cover. */
  show(rows: readonly RelationRow[], scope: PanelScope): void {
    const { listed } = this;
    const isOtherScope = scope !== listed.scope;
    // In the scope of one document, the reader may have opened another one. A list that is read again is empty at first.
    const isReplaced = listed.rows.length > 0 && rows.length > 0 && !haveCommonRow(listed.rows, rows);
    const names = nameGroups(rows);
    this.listed = { rows, names, scope };
    this.filter.setRows(rows, names, scope);
    this.refresh(isOtherScope || isReplaced ? 'new' : 'stay');
  }

  setState(state: PanelState): void {
    this.state = state;
    this.showNotice();
  }

  private searchFor({ text }: ListOptions): TextSearch {
    return new TextSearch(text, { names: this.listed.names, concepts: this.concepts.of(text) });
  }

  private refresh(move: ListMove = 'stay'): void {
    const { words } = this;
    const { rows, names, scope } = this.listed;
    const options = optionsIn(scope, this.filter.options);
    const search = this.searchFor(options);
    this.filteredRows = filterRows(rows, options, search);
    this.list.show({ rows: this.filteredRows, options, names, search }, move);
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
    if (relationsNotice && (isEmpty || isNews)) this.notice.show(relationsNotice);
    else if (isEmpty && this.listed.rows.length > 0 && !relationsWork)
      this.notice.showReason(this.filter.options, this.listed.rows);
    else this.notice.hide();
  }
}

function haveCommonRow(before: readonly RelationRow[], after: readonly RelationRow[]): boolean {
  const ids = new Set(before.map(({ id }) => id));
  return after.some(({ id }) => ids.has(id));
}
