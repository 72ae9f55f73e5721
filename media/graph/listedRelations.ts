import { type GraphData, graphOf } from '../panel/graphData';
import { NamedConcepts } from '../panel/namedConcepts';
import { nameGroups } from '../panel/nameGroups';
import { defaultOptions, optionsIn, type ListOptions } from '../panel/listOptions';
import { filterRows } from '../panel/filterRows';
import { readFilter } from '../panel/savedState';
import { TextSearch } from '../panel/textSearch';
import type { PanelScope, RelationRow } from '../../src/protocol/panel';

/** The relations of the host with the filter of the list in the side panel. */
export class ListedRelations {
  private rows: readonly RelationRow[] = [];
  private filter: ListOptions = defaultOptions;
  private scope: PanelScope | undefined;
  private withoutDrafts = false;
  private readonly concepts: NamedConcepts;

  /**
   * @param conceptsNamed Returns the identifiers of the concepts that a typed name may mean.
   * @param onChange Called when the relations have changed.
   */
  constructor(
    conceptsNamed: (text: string) => Promise<readonly string[]>,
    private readonly onChange: () => void,
  ) {
    this.concepts = new NamedConcepts(conceptsNamed, onChange);
  }

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  /** Whether the filter may leave out relations that the list has at first. */
  get isFiltered(): boolean {
    return restriction(this.options()) !== restriction(defaultOptions);
  }

  /** @param scope The scope that the rows cover. */
  setRows(rows: readonly RelationRow[], scope: PanelScope): void {
    this.rows = rows;
    this.scope = scope;
    this.onChange();
  }

  /** @param filter The filter as JSON; undefined for none. */
  setFilter(filter: string | undefined): void {
    this.filter = readFilter(filter) ?? defaultOptions;
    this.onChange();
  }

  /** Leaves out drafts and notes of the user, or lists them again. It is a setting, which the filter only repeats. */
  setWithoutDrafts(isWithout: boolean): void {
    if (isWithout === this.withoutDrafts) return;
    this.withoutDrafts = isWithout;
    this.onChange();
  }

  /** @param limit Maximum number of names; 0 for all. */
  graph(limit: number): { readonly drawn: GraphData; readonly all: GraphData } {
    const names = nameGroups(this.rows);
    const options = this.options();
    const concepts = this.concepts.of(options.text);
    const search = new TextSearch(options.text, { names, concepts });
    const rows = filterRows(this.rows, options, search);
    const all = graphOf(rows, Infinity, names);
    return { all, drawn: limit === 0 ? all : graphOf(rows, limit, names) };
  }

  private options(): ListOptions {
    return optionsIn(this.scope, { ...this.filter, withoutDrafts: this.withoutDrafts });
  }
}

/** The options that leave relations out, in a form that can be compared. */
function restriction(options: ListOptions): string {
  const { sort: _sort, isGrouped: _isGrouped, withTentative: _withTentative, ...others } = options;
  return JSON.stringify(others);
}
