import type { FullTextAction, RecordView } from '../../src/protocol/screening';
import { el, setHidden } from '../panel/dom';
import { button } from '../panel/toolkit';
import type { ScreenWords } from './screenWords';

/** The buttons for the full text of the record. */
export class FullTextBar {
  readonly element = el('div', { class: 'full-text' });
  private drawn = '';

  constructor(
    private readonly words: ScreenWords,
    private readonly act: (action: FullTextAction) => void,
  ) {}

  /** @param isShown Whether full texts are screened. */
  show(record: RecordView | undefined, isShown: boolean): void {
    const { words, act } = this;
    setHidden(this.element, !isShown || !record);
    const key = JSON.stringify([record?.id, record?.fullText, isShown]);
    if (!isShown || !record || key === this.drawn) return;
    this.drawn = key;
    const { fullText } = record;
    this.element.replaceChildren(
      fullText === undefined
        ? el('span', {}, words.text('noFullText'))
        : button(words.text('openFullText', fullText), () => act('open'), 'secondary'),
      button(words.text('chooseFile'), () => act('choose'), 'secondary'),
      button(words.text('notRetrieved'), () => act('notRetrieved'), 'secondary'),
    );
  }
}
