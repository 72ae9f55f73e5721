import type { ScreeningState } from '../../src/protocol/screening';
import { el } from '../panel/dom';
import { button } from '../panel/toolkit';
import type { ScreenWords } from './screenWords';

/** Shows the question and the criteria, by which the reviewer decides. */
export class CriteriaView {
  readonly element: HTMLElement;
  private readonly content = el('div');
  private drawn = '';

  constructor(
    private readonly words: ScreenWords,
    edit: () => void,
  ) {
    const editButton = button(words.text('edit'), edit, 'secondary');
    this.element = el('section', { class: 'criteria' }, this.content, editButton);
  }

  show({ question, criteria }: Pick<ScreeningState, 'question' | 'criteria'>): void {
    const key = JSON.stringify([question, criteria]);
    if (key === this.drawn) return;
    this.drawn = key;
    const { words } = this;
    const hasCriteria = criteria.include.length + criteria.exclude.length > 0;
    this.content.replaceChildren(
      el('h2', {}, words.text('question')),
      el('p', { class: 'review-question' }, question === '' ? words.text('noQuestion') : question),
      ...this.list('criteriaIn', criteria.include),
      ...this.list('criteriaOut', criteria.exclude),
      ...(hasCriteria ? [] : [el('p', {}, words.text('noCriteria'))]),
    );
  }

  private list(title: 'criteriaIn' | 'criteriaOut', lines: readonly string[]): readonly HTMLElement[] {
    if (lines.length === 0) return [];
    const items = lines.map((line) => el('li', {}, line));
    return [el('h2', {}, this.words.text(title)), el('ol', { class: 'numbered' }, ...items)];
  }
}
