import type { RecordView } from '../../src/protocol/screening';
import { el, setHidden } from '../panel/dom';
import type { ChoiceBox } from './choiceBox';
import { keyButton, keyIcon } from './keyButton';
import type { Command } from './keys';
import type { ScreenWords } from './screenWords';

/** The buttons of the decisions, at the bottom of the view. They stay the same from record to record. */
export class DecisionBar {
  readonly element: HTMLElement;
  private readonly choices: readonly HTMLElement[];
  private readonly undo: HTMLElement;
  private readonly back: HTMLElement;

  constructor(words: ScreenWords, box: ChoiceBox, run: (command: Command) => void) {
    this.choices = [
      keyButton(words.text('include'), 'include', run, 'primary'),
      keyButton(words.text('exclude'), 'exclude', run),
      keyButton(words.text('maybe'), 'maybe', run),
      keyButton(words.text('skip'), 'skip', run),
    ];
    this.undo = keyButton(words.text('undo'), 'undo', run);
    this.back = keyButton(words.text('back'), 'back', run);
    const small = [
      keyIcon('arrow-left', words.text('previous'), 'previous', run),
      keyIcon('arrow-right', words.text('next'), 'next', run),
      keyIcon('note', words.text('note'), 'note', run),
      keyIcon('tag', words.text('tags'), 'tag', run),
      keyIcon('paintcan', words.text('addKeyword'), 'highlight', run),
    ];
    const attributes = { role: 'group', 'aria-label': words.text('decisions') };
    const group = (...children: readonly HTMLElement[]): HTMLElement =>
      el('div', { class: 'bar-group' }, ...children);
    this.element = el(
      'div',
      { class: 'decision-bar' },
      box.element,
      el(
        'div',
        { class: 'bar-line', attributes },
        group(...this.choices, this.undo, this.back),
        group(...small),
      ),
    );
  }

  show(record: RecordView | undefined, canUndo: boolean): void {
    const isDecided = record?.choice !== undefined;
    for (const choice of this.choices) {
      setDisabled(choice, record === undefined);
      const isChosen = record?.choice !== undefined && choice.dataset['command'] === record.choice;
      choice.setAttribute('aria-pressed', String(isChosen));
      choice.classList.toggle('chosen', isChosen);
    }
    setDisabled(this.undo, !canUndo);
    setHidden(this.back, !isDecided);
  }
}

function setDisabled(element: HTMLElement, isDisabled: boolean): void {
  element.toggleAttribute('disabled', isDisabled);
}
