import { el, setHidden } from './dom';
import { button } from './toolkit';
import type { Words } from './words';

/** Actions of the history list on the question box. */
export interface HistoryActions {
  choose(question: string): void;
  /** Called on Escape: moves the focus back to the box. */
  returnToBox(): void;
  clear(): void;
}

/** Earlier questions, newest first: a list that can be opened, and navigation with arrow keys as in a shell. */
export class QuestionHistory {
  questions: readonly string[] = [];
  private readonly list = el('ul', { class: 'history', attributes: { role: 'listbox' } });
  private readonly clearButton: HTMLElement;
  private position = -1;

  constructor(
    words: Words,
    private readonly actions: HistoryActions,
  ) {
    this.list.setAttribute('aria-label', words.text('history'));
    const clear = (): void => {
      actions.clear();
      this.hide();
    };
    this.clearButton = button(words.text('clearHistory'), clear, 'secondary');
    this.hide();
  }

  get elements(): readonly HTMLElement[] {
    return [this.list, this.clearButton];
  }

  get isShown(): boolean {
    return !this.list.hidden;
  }

  toggle(): void {
    if (this.isShown) {
      this.hide();
      return;
    }
    const items = this.questions.map((question) => this.item(question));
    this.list.replaceChildren(...items);
    setHidden(this.list, items.length === 0);
    setHidden(this.clearButton, items.length === 0);
    items[0]?.focus();
  }

  hide(): void {
    setHidden(this.list, true);
    setHidden(this.clearButton, true);
    this.resetPosition();
  }

  /**
   * Moves through the history.
   * @returns the question there; an empty one below the newest; undefined at the end.
   */
  move(step: 1 | -1): string | undefined {
    const next = Math.max(-1, Math.min(this.questions.length - 1, this.position + step));
    if (next === this.position) return undefined;
    this.position = next;
    return next < 0 ? '' : this.questions[next];
  }

  resetPosition(): void {
    this.position = -1;
  }

  private item(question: string): HTMLElement {
    const item = el('li', { attributes: { role: 'option', tabindex: '0' } }, question);
    item.addEventListener('click', () => this.actions.choose(question));
    item.addEventListener('keydown', (event) => this.onKey(item, question, event));
    return item;
  }

  private onKey(item: HTMLElement, question: string, event: KeyboardEvent): void {
    if (event.key === 'Enter') this.actions.choose(question);
    if (event.key === 'Escape') {
      this.hide();
      this.actions.returnToBox();
      event.preventDefault();
    }
    const siblings: Partial<Record<string, Element | null>> = {
      ArrowDown: item.nextElementSibling,
      ArrowUp: item.previousElementSibling,
    };
    const sibling = siblings[event.key];
    if (sibling instanceof HTMLElement) sibling.focus();
  }
}
