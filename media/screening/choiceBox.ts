import { el, setHidden } from '../panel/dom';
import { button } from '../panel/toolkit';

export interface ChoiceQuestion {
  readonly label: string;
  /** Explains the keys and the text field. */
  readonly hint: string;
  /** The first nine have the numbers 1 to 9. */
  readonly choices: readonly string[];
  /** Label of the choice of nothing, with the key 0 and Enter. Undefined if something must be chosen. */
  readonly none?: string | undefined;
  /** Gets '' for nothing. */
  readonly choose: (text: string) => void;
}

/**
 * Asks for one of some choices or for words of the user's own. A number key chooses at once as long as the field is
 * empty. Escape closes the box; the focus goes back to where it was.
 */
export class ChoiceBox {
  readonly element = el('div', { class: 'choice-box', attributes: { role: 'dialog' } });
  private readonly field = el('input', { class: 'note', attributes: { type: 'text' } });
  private question: ChoiceQuestion | undefined;
  private focusBefore: Element | null = null;

  constructor(private readonly cancelLabel: string) {
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    setHidden(this.element, true);
  }

  get isOpen(): boolean {
    return this.question !== undefined;
  }

  ask(question: ChoiceQuestion): void {
    if (!this.isOpen) this.focusBefore = document.activeElement;
    this.question = question;
    this.element.setAttribute('aria-label', question.label);
    this.field.value = '';
    this.field.placeholder = question.hint;
    this.field.setAttribute('aria-label', `${question.label}. ${question.hint}`);
    this.element.replaceChildren(
      el('strong', { attributes: { 'aria-hidden': 'true' } }, question.label),
      el('ol', { class: 'choices' }, ...this.rows(question)),
      el(
        'div',
        { class: 'choice-line' },
        this.field,
        button(this.cancelLabel, () => this.close(), 'secondary'),
      ),
    );
    setHidden(this.element, false);
    this.field.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.question = undefined;
    setHidden(this.element, true);
    if (this.focusBefore instanceof HTMLElement) this.focusBefore.focus();
  }

  private rows({ choices, none }: ChoiceQuestion): readonly HTMLElement[] {
    const all = [
      ...choices.map((text, index) => ({ text, number: index < 9 ? String(index + 1) : '', value: text })),
      ...(none === undefined ? [] : [{ text: none, number: '0', value: '' }]),
    ];
    return all.map(({ text, number, value }) => {
      const choice = el('button', { class: 'choice' }, el('kbd', {}, number), ` ${text}`);
      choice.addEventListener('click', () => this.choose(value));
      return el('li', {}, choice);
    });
  }

  private choose(text: string): void {
    const { question } = this;
    this.close();
    question?.choose(text);
  }

  private onKey(event: KeyboardEvent): void {
    const { question } = this;
    if (!question || event.ctrlKey || event.metaKey || event.altKey) return;
    const isInField = event.target === this.field;
    const text = this.field.value.trim();
    // Keys inside the box mean nothing outside of it.
    event.stopPropagation();
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && isInField) {
      if (text === '' && question.none === undefined) return;
      this.choose(text);
    } else if (/^\d$/.test(event.key) && text === '') {
      const none = question.none === undefined ? undefined : '';
      const chosen = event.key === '0' ? none : question.choices[Number(event.key) - 1];
      if (chosen === undefined) return;
      this.choose(chosen);
    } else return;
    event.preventDefault();
  }
}
