import type { PanelWork } from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import { iconButton, spinner } from './toolkit';
import type { Words } from './words';

/**
 * The progress of a running task, with a Stop button. The element is kept while its text changes, so that a click on
 * Stop finds its button.
 */
export class ProgressBar {
  readonly element: HTMLElement;
  private readonly label = el('span', { class: 'work-label' });
  private readonly percentage = el('span', { class: 'share' });
  private readonly spinner = spinner('');

  constructor(
    private readonly words: Words,
    stop: () => void,
  ) {
    const stopButton = iconButton('debug-stop', words.text('stop'), stop);
    this.element = el('div', { class: 'work-line' }, this.spinner, this.label, this.percentage, stopButton);
    this.show(undefined);
  }

  show(work: PanelWork | undefined): void {
    setHidden(this.element, work === undefined);
    if (!work) return;
    this.label.textContent = work.label;
    this.label.title = work.label;
    this.spinner.setAttribute('aria-label', work.label);
    this.percentage.textContent = work.fraction === undefined ? '' : this.words.percent(work.fraction);
  }
}
