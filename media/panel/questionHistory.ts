import { el, setHidden } from './dom';
import { button } from './toolkit';
import type { Words } from './words';

/** What the list of earlier questions asks of the box above it. */
export interface HistoryActions {
  choose(question: string): void;
  /** Escape: back to the box. */
  leave(): void;
  clear(): void;
}

/** Earlier questions, newest first: a list that opens, and a walk through them as in a shell. */
export class QuestionHistory {
  questions: readonly string[] = [];
  private readonly list = el('ul', { class: 'history', attributes: { role: 'listbox' } });
  private readonly forget: HTMLElement;
  private walked = -1;

  constructor(
    words: Words,
    private readonly actions: HistoryActions,
  ) {
    this.list.setAttribute('aria-label', words.say('history'));
    const clear = (): void => {
      actions.clear();
      this.hide();
    };
    this.forget = button(words.say('clearHistory'), clear, 'secondary');
    this.hide();
  }

  get elements(): readonly HTMLElement[] {
    return [this.list, this.forget];
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
    setHidden(this.forget, items.length === 0);
    items[0]?.focus();
  }

  hide(): void {
    setHidden(this.list, true);
    setHidden(this.forget, true);
    this.stopWalking();
  }

  /** @returns the question before or after; an empty one below the newest; undefined at an end. */
  walk(step: 1 | -1): string | undefined {
    const next = Math.max(-1, Math.min(this.questions.length - 1, this.walked + step));
    if (next === this.walked) return undefined;
    this.walked = next;
    return next < 0 ? '' : this.questions[next];
  }

  stopWalking(): void {
    this.walked = -1;
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
      this.actions.leave();
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
