import type { PanelWork } from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import { iconButton, spinner } from './toolkit';
import type { Words } from './words';

/** Work that goes on, and its end by hand. The line stays while its words change: a click on Stop must find its button. */
export class WorkLine {
  readonly element: HTMLElement;
  private readonly label = el('span', { class: 'work-label' });
  private readonly share = el('span', { class: 'share' });
  private readonly spinner = spinner('');

  constructor(
    private readonly words: Words,
    stop: () => void,
  ) {
    const end = iconButton('debug-stop', words.say('stop'), stop);
    this.element = el('div', { class: 'work-line' }, this.spinner, this.label, this.share, end);
    this.show(undefined);
  }

  show(work: PanelWork | undefined): void {
    setHidden(this.element, work === undefined);
    if (!work) return;
    this.label.textContent = work.label;
    this.label.title = work.label;
    this.spinner.setAttribute('aria-label', work.label);
    this.share.textContent = work.fraction === undefined ? '' : this.words.percent(work.fraction);
  }
}
