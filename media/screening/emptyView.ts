import type { Phase } from '../../src/core/review/reviewData';
import type { ScreeningAction, ScreeningState } from '../../src/protocol/screening';
import { el } from '../panel/dom';
import { button } from '../panel/toolkit';
import type { ScreenWords } from './screenWords';

export interface EmptyActions {
  act(action: ScreeningAction): void;
  setPhase(phase: Phase): void;
}

/** Stands in place of a record if no record waits for a decision, and leads to the next step. */
export class EmptyView {
  readonly element = el('div', { class: 'empty' });
  private drawn = '';

  constructor(
    private readonly words: ScreenWords,
    private readonly actions: EmptyActions,
  ) {}

  show({ progress, phase, phases }: ScreeningState): void {
    const { words, actions } = this;
    const isEmpty = progress.found === 0;
    const others = phases.filter((each) => each.phase !== phase && each.left > 0);
    const key = JSON.stringify([isEmpty, others]);
    if (key === this.drawn) return;
    this.drawn = key;
    const action = isEmpty ? 'import' : 'report';
    this.element.replaceChildren(
      el('p', {}, words.text(isEmpty ? 'noRecords' : 'allDone')),
      el(
        'div',
        { class: 'bar-group' },
        ...others.map(({ phase: other, left }) =>
          button(words.text('phaseCount', words.text(other), left), () => actions.setPhase(other)),
        ),
        button(words.text(action), () => actions.act(action), others.length > 0 ? 'secondary' : 'primary'),
      ),
    );
  }
}
