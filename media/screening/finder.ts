import { recordFilters, type RecordFilter } from '../../src/core/review/recordSearch';
import type { FindRecordsParams, FoundRecord, FoundRecords } from '../../src/protocol/screening';
import { el, setHidden } from '../panel/dom';
import { rowAfterKey } from '../panel/rowKeys';
import { iconButton, select, textBox, type Select, type TextBox } from '../panel/toolkit';
import type { ScreenWords } from './screenWords';

export interface FinderActions {
  find(params: FindRecordsParams): Promise<FoundRecords>;
  show(record: string): void;
  /** Called when the finder closes: moves the focus back to the record. */
  leave(): void;
}

/** Delay after a key before the records are searched. */
const delayMs = 120;
const rowsPerPage = 8;

/** Searches the records and lists the decided ones. */
export class Finder {
  readonly element: HTMLElement;
  private readonly box: TextBox;
  private readonly filter: Select;
  private readonly status = el('p', { class: 'result-count', attributes: { role: 'status' } });
  private readonly list: HTMLElement;
  private timer = 0;
  /** Number of the last search: an earlier result that comes later is dropped. */
  private latest = 0;

  constructor(
    private readonly words: ScreenWords,
    private readonly actions: FinderActions,
  ) {
    this.box = textBox({
      label: words.text('search'),
      hint: words.text('searchHint'),
      onInput: () => this.searchSoon(),
      onKey: (event) => this.onBoxKey(event),
    });
    this.filter = select(words.text('filter'), () => this.search());
    this.filter.setChoices(recordFilters.map((value) => ({ value, label: words.text(filterLabels[value]) })));
    this.list = el('ul', { class: 'found', attributes: { 'aria-label': words.text('results') } });
    this.list.addEventListener('keydown', (event) => this.onListKey(event));
    const close = iconButton('close', words.text('close'), () => this.close());
    this.element = el(
      'section',
      { class: 'finder', attributes: { 'aria-label': words.text('search') } },
      el('div', { class: 'finder-line' }, this.box.element, this.filter.element, close),
      this.status,
      this.list,
    );
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.close();
    });
    setHidden(this.element, true);
  }

  open(): void {
    setHidden(this.element, false);
    this.box.focus();
    this.search();
  }

  /** Searches again if the finder is open, because decisions have changed. */
  refresh(): void {
    if (!this.element.hidden && !this.element.contains(document.activeElement)) this.search();
  }

  private close(): void {
    setHidden(this.element, true);
    this.actions.leave();
  }

  private searchSoon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.search(), delayMs);
  }

  private search(): void {
    clearTimeout(this.timer);
    const number = ++this.latest;
    const params = { text: this.box.value, filter: (this.filter.value || 'all') as RecordFilter };
    this.actions.find(params).then(
      (found) => {
        if (number === this.latest) this.showFound(found);
      },
      () => undefined,
    );
  }

  private showFound({ records, total }: FoundRecords): void {
    const { words } = this;
    this.status.textContent =
      total === 0 ? words.text('noResults') : words.text('resultCount', records.length, total);
    this.list.replaceChildren(...records.map((record, index) => this.row(record, index === 0)));
  }

  private row({ id, title, source, choice, reason }: FoundRecord, isFirst: boolean): HTMLElement {
    const { words } = this;
    const name = choice && words.text(choice);
    const said = name && (reason === undefined ? name : words.text('withReason', name, reason));
    const row = el(
      'button',
      { class: 'found-row', attributes: { tabindex: isFirst ? '0' : '-1' } },
      el(
        'span',
        { class: 'found-title', attributes: { dir: 'auto' } },
        title === '' ? words.text('noTitle') : title,
      ),
      el('span', { class: 'found-source' }, [source, said].filter(Boolean).join(' · ')),
    );
    row.addEventListener('click', () => {
      this.close();
      this.actions.show(id);
    });
    return el('li', {}, row);
  }

  private get rows(): readonly HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('.found-row')];
  }

  private onBoxKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    this.rows[0]?.focus();
    event.preventDefault();
  }

  private onListKey(event: KeyboardEvent): void {
    const { rows } = this;
    const active = rows.findIndex((row) => row === document.activeElement);
    const target = rowAfterKey(event.key, { active, count: rows.length, page: rowsPerPage });
    if (target === undefined) return;
    event.preventDefault();
    if (event.key === 'ArrowUp' && active === 0) this.box.focus();
    else rows[Math.max(0, Math.min(target, rows.length - 1))]?.focus();
  }
}

const filterLabels = {
  all: 'filterAll',
  decided: 'filterDecided',
  include: 'include',
  exclude: 'exclude',
  maybe: 'maybe',
  undecided: 'filterUndecided',
} as const;
