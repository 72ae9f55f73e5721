import type { NoticeAction, PanelNotice, RelationRow } from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import type { ListOptions } from './listOptions';
import { button } from './toolkit';
import type { Words } from './words';

export interface NoticeActions {
  act(action: NoticeAction['id']): void;
  showTentative(): void;
  clearFilters(): void;
}

/** Explains an empty list of relations, or a problem, and offers the next step. */
export class RelationsNotice {
  readonly element = el('div', { class: 'notice' });

  constructor(
    private readonly words: Words,
    private readonly actions: NoticeActions,
  ) {}

  /** Shows what the host says. */
  show({ kind, message, action, alternative }: PanelNotice): void {
    this.element.classList.toggle('problem', kind === 'problem');
    const buttonFor = ({ id, label }: NoticeAction, appearance: string): HTMLElement =>
      button(label, () => this.actions.act(id), appearance);
    this.fill(
      message,
      ...(action ? [buttonFor(action, kind === 'problem' ? 'secondary' : 'primary')] : []),
      ...(alternative ? [buttonFor(alternative, 'secondary')] : []),
    );
  }

  /** Says why the list is empty although there are relations: all are less certain, or the filter excludes them. */
  showReason({ withTentative }: ListOptions, rows: readonly RelationRow[]): void {
    this.element.classList.remove('problem');
    const isUncertain = !withTentative && rows.every(({ isTentative }) => isTentative);
    const { words, actions } = this;
    if (isUncertain)
      this.fill(
        words.text('onlyTentative'),
        button(words.text('tentative'), () => actions.showTentative(), 'secondary'),
      );
    else
      this.fill(
        words.text('noMatch'),
        button(words.text('clearFilters'), () => actions.clearFilters(), 'secondary'),
      );
  }

  hide(): void {
    this.element.replaceChildren();
    setHidden(this.element, true);
  }

  private fill(message: string, ...actions: readonly HTMLElement[]): void {
    this.element.replaceChildren(el('p', {}, message), ...actions);
    setHidden(this.element, false);
  }
}
