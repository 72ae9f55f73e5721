import type { ScreeningAction, ScreeningState } from '../../src/protocol/screening';
import { el } from '../panel/dom';
import { button } from '../panel/toolkit';
import type { ScreenWords } from './screenWords';

/** Stands in place of a record if no record waits for a decision. */
export class EmptyView {
  readonly element = el('div', { class: 'empty' });
  private isEmpty: boolean | undefined;

  constructor(
    private readonly words: ScreenWords,
    private readonly act: (action: ScreeningAction) => void,
  ) {}

  show({ progress }: ScreeningState): void {
    const { words, act } = this;
    const isEmpty = progress.found === 0;
    if (isEmpty === this.isEmpty) return;
    this.isEmpty = isEmpty;
    const action = isEmpty ? 'import' : 'report';
    this.element.replaceChildren(
      el('p', {}, words.text(isEmpty ? 'noRecords' : 'allDone')),
      button(words.text(action), () => act(action)),
    );
  }
}
