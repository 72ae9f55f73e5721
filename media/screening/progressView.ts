import { queueOrders, type QueueOrder } from '../../src/core/review/screeningQueue';
import type { Phase } from '../../src/core/review/reviewData';
import type { ProgressView as Progress, ScreeningState } from '../../src/protocol/screening';
import { el, setHidden } from '../panel/dom';
import { iconButton, select, type Select } from '../panel/toolkit';
import { Curve } from './curve';
import type { ScreenWords } from './screenWords';

export interface ProgressActions {
  setPhase(phase: Phase): void;
  setOrder(order: QueueOrder): void;
  showConflicts(): void;
  search(): void;
  showKeys(): void;
}

/** Below this share of screened records the estimate is far too high (BENCHMARKS.md), so only its upper end is shown. */
const firstShare = 0.3;

/** The head of the view: phase, order, counts, the curve and the estimate of what is left. */
export class ProgressView {
  readonly element: HTMLElement;
  private readonly phase: Select;
  private readonly order: Select;
  private readonly counts = el('ul', { class: 'counts' });
  private readonly curve = new Curve();
  private readonly estimate = el('p', { class: 'estimate' });
  private readonly notice = el('p', { class: 'screen-notice', attributes: { role: 'status' } });
  private readonly bar = el('div', { class: 'done', attributes: { 'aria-hidden': 'true' } });

  constructor(
    private readonly words: ScreenWords,
    private readonly actions: ProgressActions,
  ) {
    this.phase = select(words.text('phases'), (value) => actions.setPhase(value as Phase));
    this.order = select(words.text('order'), (value) => actions.setOrder(value as QueueOrder));
    this.order.setChoices(queueOrders.map((value) => ({ value, label: words.text(value) })));
    const tools = [
      iconButton('search', `${words.text('search')} (/)`, () => actions.search()),
      iconButton('keyboard', `${words.text('keys')} (?)`, () => actions.showKeys()),
    ];
    const line = el(
      'div',
      { class: 'head-line' },
      this.phase.element,
      this.order.element,
      el('div', { class: 'head-tools' }, ...tools),
    );
    const numbers = el('div', { class: 'numbers' }, this.counts, this.curve.element, this.estimate);
    this.element = el(
      'section',
      { class: 'screen-head', attributes: { 'aria-label': words.text('progress') } },
      line,
      numbers,
      this.notice,
      this.bar,
    );
  }

  show({ phase, phases, order, progress, notice }: ScreeningState): void {
    const { words } = this;
    this.phase.setChoices(
      phases.map(({ phase: value, left }) => ({
        value,
        label: words.text('phaseCount', words.text(value), left),
      })),
    );
    this.phase.value = phase;
    this.order.value = order;
    this.showCounts(progress);
    const { included, maybe, screened, total, curve } = progress;
    this.curve.show(curve, words.text('curve', included + maybe, screened));
    this.showEstimate(progress);
    this.notice.textContent = notice ?? '';
    setHidden(this.notice, notice === undefined);
    this.bar.style.width = `${(screened / Math.max(1, total)) * 100}%`;
  }

  private showCounts({ found, screened, total, included, excluded, maybe, conflicts }: Progress): void {
    const { words } = this;
    const count = (value: string, label: string): HTMLElement =>
      el('li', {}, el('strong', {}, value), ` ${label}`);
    const items = [
      count(`${words.count(screened)} / ${words.count(total)}`, words.text('screened')),
      count(words.count(included), words.text('included')),
      count(words.count(maybe), words.text('maybes')),
      count(words.count(excluded), words.text('excluded')),
      ...(found === total ? [] : [count(words.count(found), words.text('found'))]),
    ];
    if (conflicts > 0) {
      const link = el(
        'button',
        { class: 'link' },
        el('strong', {}, words.count(conflicts)),
        ` ${words.text('conflicts')}`,
      );
      link.addEventListener('click', () => this.actions.showConflicts());
      items.push(el('li', {}, link));
    }
    this.counts.replaceChildren(...items);
  }

  private showEstimate({ estimate, screened, total }: Progress): void {
    const { words } = this;
    if (!estimate) {
      this.estimate.textContent = words.text('learning');
      return;
    }
    const isFirst = screened < firstShare * total;
    const left = isFirst
      ? words.text('atMost', estimate.high)
      : words.text('left', estimate.left, estimate.low, estimate.high);
    this.estimate.textContent = [left, isFirst ? undefined : estimate.hint].filter(Boolean).join(' ');
  }
}
