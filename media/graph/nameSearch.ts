import { findNodes, type GraphNode } from '../panel/graphData';
import { el } from '../panel/dom';
import type { Words } from '../panel/words';

export interface SearchActions {
  /** Shows a name that was found. */
  found(node: GraphNode): void;
  /** Called on Escape in the empty field. */
  leave(): void;
}

/** The search field: finds a name while it is typed; Enter goes to the next one. */
export class NameSearch {
  readonly element: HTMLElement;
  private readonly field = el('input', { attributes: { type: 'search' } });
  private readonly status = el('span', { class: 'search-status', attributes: { role: 'status' } });
  private drawn: readonly GraphNode[] = [];
  private others: readonly GraphNode[] = [];
  private found: readonly GraphNode[] = [];
  private at = 0;

  constructor(
    private readonly words: Words,
    private readonly actions: SearchActions,
  ) {
    this.field.placeholder = words.text('graphFindHint');
    const label = el('label', { class: 'field' }, el('span', {}, words.text('graphFind')), this.field);
    this.element = el('div', { class: 'search' }, label, this.status);
    this.field.addEventListener('input', () => this.search());
    this.field.addEventListener('keydown', (event) => this.onKey(event));
  }

  focus(): void {
    this.field.focus();
  }

  /** @param all All names; those that are not drawn are only reported. */
  setNodes(drawn: readonly GraphNode[], all: readonly GraphNode[]): void {
    const ids = new Set(drawn.map(({ id }) => id));
    this.drawn = drawn;
    this.others = all.filter(({ id }) => !ids.has(id));
  }

  private search(): void {
    const { field, words } = this;
    this.found = findNodes(this.drawn, field.value);
    if (field.value.trim() === '') this.status.textContent = '';
    else if (this.found.length > 0) this.go(0);
    else {
      const [hidden] = findNodes(this.others, field.value);
      this.status.textContent = hidden
        ? words.text('graphNotDrawn', hidden.label)
        : words.text('graphNotFound');
    }
  }

  private go(index: number): void {
    this.at = index;
    const node = this.found[index];
    if (!node) return;
    this.status.textContent = this.words.text('graphFound', index + 1, this.found.length, node.label);
    this.actions.found(node);
  }

  private onKey(event: KeyboardEvent): void {
    const { length } = this.found;
    if (event.key === 'Enter' && length > 0) {
      this.go((this.at + (event.shiftKey ? length - 1 : 1)) % length);
    } else if (event.key === 'Escape') {
      if (this.field.value === '') this.actions.leave();
      this.field.value = '';
      this.search();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
