import type {
  EvidenceCell,
  EvidenceFormat,
  EvidenceTopic,
  EvidenceView as EvidenceData,
} from '../../src/protocol/panel';
import { el, setHidden } from './dom';
import { button, iconButton } from './toolkit';
import type { Words } from './words';

export interface EvidenceActions {
  reveal(id: number): void;
  drop(id: number): void;
  note(id: number, note: string): void;
  exportAs(format: EvidenceFormat): void;
}

/**
 * What the reader has pinned. The table is documents by pairs or questions; in a side bar it reads down: a heading
 * for each column, under it the cells that are not empty.
 */
export class EvidenceView {
  readonly element: HTMLElement;
  private readonly body = el('div', { class: 'evidence-body' });
  private readonly empty: HTMLElement;
  private readonly tools: HTMLElement;

  constructor(
    private readonly words: Words,
    private readonly actions: EvidenceActions,
  ) {
    this.empty = el('p', { class: 'notice' }, words.say('evidenceEmpty'));
    this.tools = el(
      'div',
      { class: 'evidence-tools' },
      button('CSV', () => actions.exportAs('csv'), 'secondary'),
      button('Markdown', () => actions.exportAs('markdown'), 'secondary'),
      button(words.say('citations'), () => actions.exportAs('citations'), 'secondary'),
    );
    const names = [words.say('exportCsv'), words.say('exportMarkdown'), words.say('exportCitations')];
    [...this.tools.children].forEach((child, index) => {
      child.setAttribute('aria-label', names[index] ?? '');
      child.setAttribute('title', names[index] ?? '');
    });
    this.body.setAttribute('aria-label', words.say('evidenceLabel'));
    this.body.setAttribute('role', 'region');
    this.body.tabIndex = 0;
    this.element = el('section', { class: 'evidence' }, this.tools, this.empty, this.body);
    this.show({ topics: [], cells: [] });
  }

  show({ topics, cells }: EvidenceData): void {
    setHidden(this.empty, cells.length > 0);
    setHidden(this.tools, cells.length === 0);
    setHidden(this.body, cells.length === 0);
    // A note that is being written stays under the caret.
    const focused = document.activeElement?.id;
    this.body.replaceChildren(
      ...topics.flatMap((topic) =>
        this.topic(
          topic,
          cells.filter((cell) => cell.topic === topic.id),
        ),
      ),
    );
    if (focused?.startsWith('note-')) document.getElementById(focused)?.focus();
  }

  private topic({ label }: EvidenceTopic, cells: readonly EvidenceCell[]): HTMLElement[] {
    if (cells.length === 0) return [];
    return [
      el('h2', {}, label),
      el(
        'ul',
        { class: 'evidence-list', attributes: { 'aria-label': label } },
        ...cells.map((cell) => this.cell(cell)),
      ),
    ];
  }

  private cell(cell: EvidenceCell): HTMLElement {
    const { words, actions } = this;
    const place = cell.line > 0 ? `${cell.name}:${cell.line}` : cell.name;
    const go = el(
      'button',
      { class: 'go', attributes: { type: 'button' } },
      el('span', { class: 'quote' }, `${cell.isDenied ? '⊘ ' : ''}${cell.text}`),
      el('span', { class: 'place' }, `${place} · ${words.percent(cell.probability)}`),
    );
    go.addEventListener('click', () => actions.reveal(cell.id));
    const note = el('input', {
      id: `note-${cell.id}`,
      class: 'note',
      attributes: { type: 'text', placeholder: words.say('note'), 'aria-label': words.say('note') },
    });
    note.value = cell.note;
    note.addEventListener('change', () => actions.note(cell.id, note.value));
    const drop = iconButton('trash', words.say('drop'), () => actions.drop(cell.id));
    return el('li', {}, go, el('div', { class: 'note-line' }, note, drop));
  }
}
