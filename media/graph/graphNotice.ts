import type { PanelAction, PanelState } from '../../src/protocol/panel';
import { el, setHidden } from '../panel/dom';
import type { Words } from '../panel/words';
import { textButton } from './controls';

export interface NoticeActions {
  act(action: PanelAction): void;
  clearFilter(): void;
}

export interface NoticeState {
  readonly state: PanelState;
  /** Whether nothing is drawn. */
  readonly isEmpty: boolean;
  readonly isFiltered: boolean;
  /** Whether the unfiltered list has relations. */
  readonly hasRows: boolean;
}

/** Says why the graph is empty and what to do next, or that a filter restricts it. */
export class GraphNotice {
  readonly element = el('div', { class: 'graph-notice' });

  constructor(
    private readonly words: Words,
    private readonly actions: NoticeActions,
  ) {}

  show({ state, isEmpty, isFiltered, hasRows }: NoticeState): void {
    const { words } = this;
    const { relationsNotice: notice, relationsWork } = state;
    if (notice && !hasRows) {
      const { action } = notice;
      this.fill(notice.message, action && { label: action.label, run: () => this.actions.act(action.id) });
    } else if (isFiltered && hasRows) {
      const text = words.text(isEmpty ? 'graphNoMatch' : 'graphFiltered');
      this.fill(text, { label: words.text('clearFilters'), run: () => this.actions.clearFilter() });
    } else if (isEmpty) this.fill(relationsWork?.label ?? words.text('graphEmpty'));
    else this.fill('');
    this.element.classList.toggle('large', isEmpty);
  }

  private fill(text: string, action?: { readonly label: string; run(): void }): void {
    setHidden(this.element, text === '');
    const content = el('p', { attributes: { role: 'status' } }, text);
    const buttons = action ? [textButton('arrow-right', action.label, () => action.run())] : [];
    // Replacing a button under the pointer would lose a click.
    if (this.element.textContent !== text + (action?.label ?? ''))
      this.element.replaceChildren(content, ...buttons);
  }
}
