import type { EvidenceCell, EvidenceView } from '../../src/protocol/panel';
import { el, keepsFocus } from './dom';
import type { EvidenceActions } from './evidenceActions';
import { placeLabel } from './excerpt';
import { noteInput } from './noteInput';
import { iconButton } from './toolkit';
import { topicHead } from './topicHead';
import type { Words } from './words';

/** The pinned evidence as a list for a narrow side bar: a heading per topic, with its entries below. */
export class EvidenceList {
  readonly element: HTMLElement;

  constructor(
    private readonly words: Words,
    private readonly actions: EvidenceActions,
  ) {
    const attributes = { 'aria-label': words.text('evidenceLabel'), role: 'region', tabindex: '0' };
    this.element = el('div', { class: 'evidence-body', attributes });
  }

  show({ topics, cells }: EvidenceView): void {
    const content = topics.flatMap((topic) => {
      const entries = cells.filter((cell) => cell.isPinned && cell.topic === topic.id);
      return entries.length === 0
        ? []
        : [el('h2', {}, ...topicHead(topic)), this.entries(topic.label, entries)];
    });
    this.element.replaceChildren(...content);
  }

  private entries(label: string, cells: readonly EvidenceCell[]): HTMLElement {
    const attributes = { 'aria-label': label };
    return el('ul', { class: 'evidence-list', attributes }, ...cells.map((cell) => this.entry(cell)));
  }

  private entry(cell: EvidenceCell): HTMLElement {
    const { words, actions } = this;
    const link = el(
      'button',
      { class: 'go', attributes: { type: 'button' } },
      el('span', { class: 'quote' }, `${cell.isDenied ? '⊘ ' : ''}${cell.text}`),
      el('span', { class: 'place' }, `${placeLabel(cell)} · ${words.percent(cell.probability)}`),
    );
    link.addEventListener('click', (event) => actions.reveal(cell, keepsFocus(event)));
    const note = noteInput(cell, words, (written) => actions.note(cell.id, written));
    const drop = iconButton('trash', words.text('drop'), () => actions.drop(cell.id));
    return el('li', {}, link, el('div', { class: 'note-line' }, note, drop));
  }
}
