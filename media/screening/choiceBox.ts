import { el, setHidden } from '../panel/dom';
import { button } from '../panel/toolkit';

export interface ChoiceQuestion {
  readonly label: string;
  /** Explains the keys and the text field. */
  readonly hint: string;
  /** Says that no choice has a number, given that number. */
  readonly noNumber: (number: string) => string;
  /** The first nine have the numbers 1 to 9. */
  readonly choices: readonly string[];
  /** Label of the choice of nothing, with the key 0 and Enter. Undefined if something must be chosen. */
  readonly none?: string | undefined;
  /** Gets '' for nothing. */
  readonly choose: (text: string) => void;
}

/** Number of choices that have a key. */
const maxNumbered = 9;

/**
 * Asks for one of some choices or for words of the user's own. A number key chooses at once as long as the field is
 * empty; a number is never taken for words. Escape closes the box; the focus goes back to where it was.
 */
export class ChoiceBox {
  readonly element = el('div', { class: 'choice-box', attributes: { role: 'dialog' } });
  private readonly hint = el('p', { class: 'choice-hint', id: 'choice-hint' });
  private readonly message = el('p', { class: 'choice-message', attributes: { role: 'alert' } });
  private readonly field = el('input', {
    class: 'note',
    attributes: { type: 'text', 'aria-describedby': 'choice-hint' },
  });
  private question: ChoiceQuestion | undefined;
  private focusBefore: Element | null = null;

  constructor(private readonly cancelLabel: string) {
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.field.addEventListener('input', () => this.say(''));
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
    this.field.setAttribute('aria-label', question.label);
    this.hint.textContent = question.hint;
    this.say('');
    this.element.replaceChildren(
      el('strong', { attributes: { 'aria-hidden': 'true' } }, question.label),
      el('ol', { class: 'choices' }, ...this.rows(question)),
      this.hint,
      el(
        'div',
        { class: 'choice-line' },
        this.field,
        button(this.cancelLabel, () => this.close(), 'secondary'),
      ),
      this.message,
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
      ...choices.map((text, index) => ({
        text,
        number: index < maxNumbered ? String(index + 1) : '',
        value: text,
      })),
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

  private say(text: string): void {
    this.message.textContent = text;
    setHidden(this.message, text === '');
    this.field.setAttribute('aria-invalid', String(text !== ''));
  }

  private onKey(event: KeyboardEvent): void {
    const { question } = this;
    if (!question || event.ctrlKey || event.metaKey || event.altKey) return;
    const isInField = event.target === this.field;
    const text = this.field.value.trim();
    // Keys inside the box mean nothing outside of it.
    event.stopPropagation();
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && isInField) this.enter(question, text);
    else if (/^\d$/.test(event.key) && text === '') this.chooseNumber(question, event.key);
    else return;
    event.preventDefault();
  }

  private enter(question: ChoiceQuestion, text: string): void {
    if (/^\d+$/.test(text)) this.chooseNumber(question, text);
    else if (text !== '' || question.none !== undefined) this.choose(sameChoice(question.choices, text));
  }

  private chooseNumber({ choices, none, noNumber }: ChoiceQuestion, number: string): void {
    const chosen = Number(number) === 0 ? none && '' : choices.slice(0, maxNumbered)[Number(number) - 1];
    if (chosen === undefined) this.say(noNumber(number));
    else this.choose(chosen);
  }
}

/** The choice that was typed, in the spelling of the list; otherwise the text. */
function sameChoice(choices: readonly string[], text: string): string {
  return choices.find((choice) => choice.toLowerCase() === text.toLowerCase()) ?? text;
}
