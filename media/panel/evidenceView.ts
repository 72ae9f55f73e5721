import type { EvidenceCell, EvidenceTopic, EvidenceView as EvidenceData } from '../../src/protocol/panel';
import { el, keepsFocus, setHidden } from './dom';
import type { EvidenceActions } from './evidenceActions';
import { defaultEvidenceOptions, type EvidenceOptions } from './evidenceOptions';
import { EvidenceTable } from './evidenceTable';
import { preserveNote, noteInput } from './noteInput';
import { button, iconButton } from './toolkit';
import type { Words } from './words';

/** Minimum width of the table in pixels; a narrower one has room for only one column. */
const minTableWidth = 440;

/**
 * The pinned evidence: a table of documents by pairs and questions or, in a narrow side bar, a list with a heading per
 * topic and its entries below.
 */
export class EvidenceView {
  readonly element: HTMLElement;
  private readonly list = el('div', { class: 'evidence-body' });
  private readonly frame = el('div', { class: 'evidence-frame' });
  private readonly table: EvidenceTable;
  private readonly empty: HTMLElement;
  private readonly tools: HTMLElement;
  private readonly asTable: HTMLElement;
  private readonly unpinned: HTMLElement;
  private data: EvidenceData = { topics: [], cells: [] };
  private options = defaultEvidenceOptions;
  private isWide = false;

  constructor(
    private readonly words: Words,
    private readonly actions: EvidenceActions,
  ) {
    this.table = new EvidenceTable(words, actions);
    this.frame.append(this.table.element);
    this.asTable = iconButton('table', words.text('asTable'), () => this.change({ isTable: !this.isTable }));
    this.unpinned = iconButton('eye', words.text('showUnpinned'), () =>
      this.change({ withUnpinned: !this.options.withUnpinned }),
    );
    this.empty = el('p', { class: 'notice' }, words.text('evidenceEmpty'));
    this.tools = this.createTools();
    this.list.setAttribute('aria-label', words.text('evidenceLabel'));
    this.list.setAttribute('role', 'region');
    this.list.tabIndex = 0;
    this.element = el('section', { class: 'evidence' }, this.tools, this.empty, this.list, this.frame);
    new ResizeObserver(([entry]) => this.fit(entry?.contentRect.width ?? 0)).observe(this.element);
    this.draw();
  }

  get currentOptions(): EvidenceOptions {
    return this.options;
  }

  restore(options: EvidenceOptions): void {
    this.options = options;
    this.draw();
  }

  show(data: EvidenceData): void {
    if (JSON.stringify(data) === JSON.stringify(this.data)) return;
    this.data = data;
    this.draw();
  }

  private get isTable(): boolean {
    return this.options.isTable ?? this.isWide;
  }

  private change(change: Partial<EvidenceOptions>): void {
    this.options = { ...this.options, ...change };
    this.actions.onOptions();
    this.draw();
  }

  private fit(width: number): void {
    // A hidden element has no width.
    if (width === 0 || this.isWide === width >= minTableWidth) return;
    this.isWide = !this.isWide;
    this.draw();
  }

  private createTools(): HTMLElement {
    const { words, actions } = this;
    const exports = [
      ['CSV', 'csv', 'exportCsv'],
      ['Markdown', 'markdown', 'exportMarkdown'],
      [words.text('citations'), 'citations', 'exportCitations'],
    ] as const;
    const buttons = exports.map(([label, format, name]) => {
      const element = button(label, () => actions.exportAs(format), 'secondary');
      element.setAttribute('aria-label', words.text(name));
      element.setAttribute('title', words.text(name));
      return element;
    });
    return el('div', { class: 'evidence-tools' }, ...buttons, this.unpinned, this.asTable);
  }

  private draw(): void {
    const pinned = this.data.cells.filter(({ isPinned }) => isPinned);
    const { isTable } = this;
    setHidden(this.empty, pinned.length > 0);
    setHidden(this.tools, pinned.length === 0);
    setHidden(this.list, pinned.length === 0 || isTable);
    setHidden(this.frame, pinned.length === 0 || !isTable);
    setHidden(this.unpinned, !isTable || pinned.length === this.data.cells.length);
    setPressed(this.asTable, isTable);
    setPressed(this.unpinned, this.options.withUnpinned);
    preserveNote(this.element, () => {
      this.drawList(isTable ? [] : pinned);
      if (isTable) this.table.show(this.data, this.options.withUnpinned);
    });
  }

  private drawList(cells: readonly EvidenceCell[]): void {
    this.list.replaceChildren(
      ...this.data.topics.flatMap((topic) =>
        this.topic(
          topic,
          cells.filter((cell) => cell.topic === topic.id),
        ),
      ),
    );
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
    const link = el(
      'button',
      { class: 'go', attributes: { type: 'button' } },
      el('span', { class: 'quote' }, `${cell.isDenied ? '⊘ ' : ''}${cell.text}`),
      el('span', { class: 'place' }, `${place} · ${words.percent(cell.probability)}`),
    );
    link.addEventListener('click', (event) => actions.reveal(cell, keepsFocus(event)));
    const note = noteInput(cell, words, (written) => actions.note(cell.id, written));
    const drop = iconButton('trash', words.text('drop'), () => actions.drop(cell.id));
    return el('li', {}, link, el('div', { class: 'note-line' }, note, drop));
  }
}

function setPressed(element: HTMLElement, isPressed: boolean): void {
  element.setAttribute('aria-pressed', String(isPressed));
  element.classList.toggle('pressed', isPressed);
}
