import type { EvidenceCell, EvidenceView } from '../../src/protocol/panel';
import { el, keepsFocus, setHidden } from './dom';
import { columnHead } from './columnHead';
import { gridOf, allPlaces, nextPlace, type Grid, type GridPlace } from './evidenceGrid';
import { editInput, noteInput, valueInput } from './cellInput';
import { hasPercent, valueLine, valueTools } from './formValue';
import { entryState, pinTool } from './unpinnedEntry';
import { iconButton } from './toolkit';
import type { EvidenceActions } from './evidenceActions';
import { badgeLine } from './evidenceBadges';
import type { Words } from './words';

/**
 * A table with documents as rows, and columns of the extraction form, pairs and questions as columns. It is a single tab
 * stop: arrow keys move from sentence to sentence, Enter opens the place or confirms a proposed value. A relation in the list that belongs to a pair but is not pinned is
 * shown in its cell too, so that it can be pinned.
 */
export class EvidenceTable {
  readonly element: HTMLElement;
  private readonly entries = new Map<string, HTMLElement>();
  private grid: Grid = { columns: [], rows: [] };
  private active: GridPlace = { row: 0, column: 0, at: 0 };

  constructor(
    private readonly words: Words,
    private readonly actions: EvidenceActions,
  ) {
    const attributes = {
      role: 'grid',
      'aria-label': words.text('evidenceTable'),
      'aria-description': words.text('tableKeys'),
    };
    this.element = el('table', { class: 'evidence-table', attributes });
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('focusin', (event) => this.onFocus(event));
  }

  /** @returns the number of rows that are not shown, because there are more than `maxRows`. */
  show(view: EvidenceView, withUnpinned: boolean, maxRows: number): number {
    const hadFocus = this.element.contains(document.activeElement);
    const before = this.cellAt(this.active);
    const whole = gridOf(view, withUnpinned);
    this.grid = { ...whole, rows: whole.rows.slice(0, maxRows) };
    this.active = this.placeOfSame(before);
    this.entries.clear();
    const head = el(
      'tr',
      {},
      el('th', { attributes: { scope: 'col' } }, this.words.text('document')),
      ...this.grid.columns.map((topic) =>
        el('th', { attributes: { scope: 'col' } }, ...columnHead(topic, this.words, this.actions)),
      ),
    );
    const rows = this.grid.rows.map(({ name, cells }) =>
      el(
        'tr',
        {},
        el('th', { attributes: { scope: 'row', title: name } }, name),
        ...cells.map((cell) => el('td', {}, ...cell.map((each) => this.entry(each)))),
      ),
    );
    this.element.replaceChildren(el('thead', {}, head), el('tbody', {}, ...rows));
    this.markActive();
    if (hadFocus) this.focusActive();
    return whole.rows.length - this.grid.rows.length;
  }

  /** The place of the same sentence, pinned or not; if it is gone, the nearest place. */
  private placeOfSame(before: EvidenceCell | undefined): GridPlace {
    const all = allPlaces(this.grid);
    const { row, column } = this.active;
    const findSame = (isSame: (a: EvidenceCell, b: EvidenceCell) => boolean): GridPlace | undefined =>
      all.find((place) => {
        const cell = this.cellAt(place);
        return cell && before && isSame(cell, before);
      });
    // Values of one sentence are told apart, but a value that was edited is still that of its sentence.
    const same = findSame((a, b) => sameSentence(a, b) && a.value === b.value) ?? findSame(sameSentence);
    const near = all.find((place) => place.row === row && place.column === column);
    return (
      same ?? near ?? all.find((place) => place.row >= row) ?? all.at(-1) ?? { row: 0, column: 0, at: 0 }
    );
  }

  private entry(cell: EvidenceCell): HTMLElement {
    const { words, actions } = this;
    const key = keyOf(cell);
    const link = el(
      'button',
      { class: 'go', attributes: { type: 'button', tabindex: '-1' } },
      ...valueLine(cell, words),
      ...badgeLine(cell, words),
      el('span', { class: 'quote' }, cell.isUnanswered === true ? words.text('unanswered') : cell.text),
      el('span', { class: 'place' }, this.placeText(cell)),
      el('span', { class: 'spoken' }, this.spokenText(cell)),
    );
    link.addEventListener('click', (event) => actions.reveal(cell, keepsFocus(event)));
    const tools = cell.isPinned
      ? [
          ...valueTools(cell, words, actions, () => this.edit(cell, 'value')),
          iconButton('note', words.text('note'), () => this.edit(cell, 'note')),
          iconButton('trash', words.text('drop'), () => actions.drop(cell.id)),
        ]
      : pinTool(cell, words, actions);
    // Keys have the same effect.
    for (const each of tools) each.setAttribute('tabindex', '-1');
    const classes = `entry${entryState(cell)}${cell.isProposed === true ? ' proposed' : ''}`;
    const inputs = cell.isPinned ? this.inputs(cell) : [];
    const element = el(
      'div',
      { class: classes },
      link,
      el('span', { class: 'row-buttons' }, ...tools),
      ...inputs,
    );
    this.entries.set(key, element);
    return element;
  }

  private inputs(cell: EvidenceCell): readonly HTMLElement[] {
    const { words, actions } = this;
    const value = valueInput(cell, words, (written) => actions.setValue(cell.id, written));
    const note = noteInput(cell, words, (written) => actions.note(cell.id, written));
    setHidden(note, cell.note === '');
    note.addEventListener('blur', () => setHidden(note, note.value === ''));
    const inputs = cell.value === undefined ? [note] : [value, note];
    for (const each of inputs) each.setAttribute('tabindex', '-1');
    return inputs;
  }

  private edit(cell: EvidenceCell, field: 'note' | 'value'): void {
    editInput(this.entries.get(keyOf(cell)), field);
  }

  private placeText(cell: EvidenceCell): string {
    const { words } = this;
    const line = cell.line > 0 ? [words.text('line', cell.line)] : [];
    return [
      ...line,
      ...(hasPercent(cell) && cell.isUnanswered !== true ? [words.percent(cell.probability)] : []),
    ].join(' · ');
  }

  /** Text for screen readers that replaces the symbols. */
  private spokenText({ isPinned, isUnanswered, note }: EvidenceCell): string {
    const { words } = this;
    return [
      ...(isPinned || isUnanswered === true ? [] : [words.text('notPinned')]),
      ...(note === '' ? [] : [`${words.text('note')}: ${note}`]),
    ].join(', ');
  }

  private onFocus({ target }: FocusEvent): void {
    const place = allPlaces(this.grid).find((each) => {
      const cell = this.cellAt(each);
      return cell && target instanceof Node && this.entries.get(keyOf(cell))?.contains(target);
    });
    if (!place) return;
    this.active = place;
    this.markActive();
  }

  private onKey(event: KeyboardEvent): void {
    const cell = this.cellAt(this.active);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement) {
      if (event.key !== 'Escape' && event.key !== 'Enter') return;
      // Returns the focus to the sentence; the written note is kept.
      this.focusActive();
    } else if (!this.act(cell, event.key)) return;
    event.preventDefault();
  }

  /** @returns true if the key was handled. */
  private act(cell: EvidenceCell, key: string): boolean {
    const next = nextPlace(this.grid, this.active, key);
    if (next) {
      this.active = next;
      this.markActive();
      this.focusActive();
      return true;
    }
    if (cell.isPinned && key === 'n') this.edit(cell, 'note');
    else if (cell.value !== undefined && key === 'F2') this.edit(cell, 'value');
    else if (cell.isProposed === true && key === 'Enter') this.actions.setValue(cell.id, cell.value ?? '');
    else if (cell.isPinned && (key === 'Delete' || key === 'p')) this.actions.drop(cell.id);
    else if (!cell.isPinned && cell.isUnanswered !== true && key === 'p') this.actions.pin(cell);
    else return key.startsWith('Arrow');
    return true;
  }

  private cellAt({ row, column, at }: GridPlace): EvidenceCell | undefined {
    return this.grid.rows[row]?.cells[column]?.[at];
  }

  private markActive(): void {
    for (const entry of this.entries.values()) entry.querySelector('.go')?.setAttribute('tabindex', '-1');
    this.activeButton()?.setAttribute('tabindex', '0');
  }

  private focusActive(): void {
    this.activeButton()?.focus();
  }

  private activeButton(): HTMLElement | null | undefined {
    const cell = this.cellAt(this.active);
    return cell && this.entries.get(keyOf(cell))?.querySelector<HTMLElement>('.go');
  }
}

function keyOf({ kind, topic, id }: EvidenceCell): string {
  return `${kind} ${id} ${topic}`;
}

function sameSentence(a: EvidenceCell, b: EvidenceCell): boolean {
  return a.topic === b.topic && a.document === b.document && a.text === b.text;
}
