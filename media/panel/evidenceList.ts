import type { EvidenceCell, EvidenceView } from '../../src/protocol/panel';
import { el, keepsFocus } from './dom';
import type { EvidenceActions } from './evidenceActions';
import { badgeLine } from './evidenceBadges';
import { editInput, noteInput, valueInput } from './cellInput';
import { hasPercent, valueLine, valueTools } from './formValue';
import { placeName } from './sentence';
import { iconButton } from './toolkit';
import { columnHead } from './columnHead';
import { entryState, pinTool } from './unpinnedEntry';
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

  /** @param withUnpinned Whether answers of papers that are not pinned are shown. */
  show({ topics, cells }: EvidenceView, withUnpinned: boolean): void {
    const focused = this.entriesShown.findIndex((entry) => entry.contains(document.activeElement));
    const content = topics.flatMap((topic) => {
      const own = cells.filter((cell) => cell.topic === topic.id);
      const entries = own.filter((cell) => cell.isPinned || (withUnpinned && isAnswerOfPaper(cell)));
      if (entries.length === 0 && topic.isAsked !== true) return [];
      const unanswered = own.filter(({ isUnanswered }) => isUnanswered === true).length;
      return [
        el('h2', {}, ...columnHead(topic, this.words, this.actions)),
        ...(entries.length > 0 ? [this.entries(topic.label, entries)] : []),
        ...(unanswered > 0 && withUnpinned
          ? [el('p', { class: 'unanswered-count' }, this.words.text('unansweredCount', unanswered))]
          : []),
      ];
    });
    this.element.replaceChildren(...content);
    // After a value was confirmed or removed, the focus stays where it was.
    const { entriesShown } = this;
    const entry = entriesShown[Math.min(focused, entriesShown.length - 1)];
    if (focused >= 0) entry?.querySelector<HTMLElement>('.go')?.focus();
  }

  private get entriesShown(): readonly Element[] {
    return [...this.element.querySelectorAll('.entry')];
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
      ...valueLine(cell, words),
      ...badgeLine(cell, words),
      el('span', { class: 'quote' }, cell.text),
      placeElement(cell, words),
    );
    link.addEventListener('click', (event) => actions.reveal(cell, keepsFocus(event)));
    const note = noteInput(cell, words, (written) => actions.note(cell.id, written));
    const drop = iconButton('trash', words.text('drop'), () => actions.drop(cell.id));
    const entry = el('li', { class: `entry${entryState(cell)}` }, link);
    if (!cell.isPinned) {
      entry.append(el('div', { class: 'note-line' }, ...pinTool(cell, words, actions)));
      return entry;
    }
    const tools = valueTools(cell, words, actions, () => editInput(entry, 'value'));
    const value = valueInput(cell, words, (written) => actions.setValue(cell.id, written));
    if (cell.value !== undefined) entry.append(value);
    entry.append(el('div', { class: 'note-line' }, note, ...tools, drop));
    return entry;
  }
}

/** The place and the probability. A long name is cut off, the probability is always visible. */
function placeElement(cell: EvidenceCell, words: Words): HTMLElement {
  const place = placeName(cell);
  if (!hasPercent(cell)) return place;
  const separated = `\u00a0· ${words.percent(cell.probability)}`;
  place.append(el('span', { class: 'place-line place-percent' }, separated));
  return place;
}

function isAnswerOfPaper({ kind, isUnanswered }: EvidenceCell): boolean {
  return kind === 'paperAnswer' && isUnanswered !== true;
}
