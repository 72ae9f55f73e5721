import type { EvidenceCell, EvidenceView } from '../../src/protocol/panel';
import { el, keepsFocus, setHidden } from './dom';
import { gridOf, places, step, type Grid, type GridPlace } from './evidenceGrid';
import { noteInput } from './noteInput';
import { iconButton } from './toolkit';
import type { EvidenceActions } from './evidenceActions';
import type { Words } from './words';

/**
 * Documents by pairs and questions. One tab stop: arrows walk from sentence to sentence, Enter opens the place. What is
 * on the list of relations for a pair and not pinned stands in its cell too, to be pinned.
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
      'aria-label': words.say('evidenceTable'),
      'aria-description': words.say('tableKeys'),
    };
    this.element = el('table', { class: 'evidence-table', attributes });
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('focusin', (event) => this.onFocus(event));
  }

  show(view: EvidenceView, withUnpinned: boolean): void {
    const hadFocus = this.element.contains(document.activeElement);
    const before = this.cellAt(this.active);
    this.grid = gridOf(view, withUnpinned);
    this.active = this.placeLike(before);
    this.entries.clear();
    const head = el(
      'tr',
      {},
      el('th', { attributes: { scope: 'col' } }, this.words.say('document')),
      ...this.grid.columns.map(({ label }) => el('th', { attributes: { scope: 'col' } }, label)),
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
  }

  /** The same sentence, pinned or not; where it is gone, the one in its place. */
  private placeLike(before: EvidenceCell | undefined): GridPlace {
    const all = places(this.grid);
    const { row, column } = this.active;
    const same = all.find((place) => {
      const cell = this.cellAt(place);
      return cell && before && sameSentence(cell, before);
    });
    const near = all.find((place) => place.row === row && place.column === column);
    return (
      same ?? near ?? all.find((place) => place.row >= row) ?? all.at(-1) ?? { row: 0, column: 0, at: 0 }
    );
  }

  private entry(cell: EvidenceCell): HTMLElement {
    const { words, actions } = this;
    const key = keyOf(cell);
    const go = el(
      'button',
      { class: 'go', attributes: { type: 'button', tabindex: '-1' } },
      el('span', { class: 'quote' }, `${cell.isDenied ? '⊘ ' : ''}${cell.text}`),
      el('span', { class: 'place' }, this.placeWords(cell)),
      el('span', { class: 'spoken' }, this.spokenWords(cell)),
    );
    go.addEventListener('click', (event) => actions.reveal(cell, keepsFocus(event)));
    const tools = cell.isPinned
      ? [
          iconButton('note', words.say('note'), () => this.write(cell)),
          iconButton('trash', words.say('drop'), () => actions.drop(cell.id)),
        ]
      : [iconButton('pin', words.say('pin'), () => actions.pin(cell.id))];
    // Keys do the same.
    for (const each of tools) each.setAttribute('tabindex', '-1');
    const classes = cell.isPinned ? 'entry' : 'entry unpinned';
    const note = cell.isPinned ? [this.note(cell)] : [];
    const made = el('div', { class: classes }, go, el('span', { class: 'row-buttons' }, ...tools), ...note);
    this.entries.set(key, made);
    return made;
  }

  private note(cell: EvidenceCell): HTMLElement {
    const note = noteInput(cell, this.words, (written) => this.actions.note(cell.id, written));
    note.setAttribute('tabindex', '-1');
    setHidden(note, cell.note === '');
    note.addEventListener('blur', () => setHidden(note, note.value === ''));
    return note;
  }

  private write(cell: EvidenceCell): void {
    const note = this.entries.get(keyOf(cell))?.querySelector<HTMLInputElement>('.note');
    if (!note) return;
    setHidden(note, false);
    note.focus();
  }

  private placeWords({ line, probability }: EvidenceCell): string {
    const { words } = this;
    return [...(line > 0 ? [words.say('line', line)] : []), words.percent(probability)].join(' · ');
  }

  /** What the eye sees by signs. */
  private spokenWords({ isDenied, isPinned, note }: EvidenceCell): string {
    const { words } = this;
    return [
      ...(isDenied ? [words.say('denied')] : []),
      ...(isPinned ? [] : [words.say('notPinned')]),
      ...(note === '' ? [] : [`${words.say('note')}: ${note}`]),
    ].join(', ');
  }

  private onFocus({ target }: FocusEvent): void {
    const place = places(this.grid).find((each) => {
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
      // The sentence again; what was written is kept.
      this.focusActive();
    } else if (!this.act(cell, event.key)) return;
    event.preventDefault();
  }

  /** @returns true when the key was used. */
  private act(cell: EvidenceCell, key: string): boolean {
    const next = step(this.grid, this.active, key);
    if (next) {
      this.active = next;
      this.markActive();
      this.focusActive();
      return true;
    }
    if (cell.isPinned && key === 'n') this.write(cell);
    else if (cell.isPinned && (key === 'Delete' || key === 'p')) this.actions.drop(cell.id);
    else if (!cell.isPinned && key === 'p') this.actions.pin(cell.id);
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

function keyOf({ isPinned, id }: EvidenceCell): string {
  return `${isPinned ? 'pinned' : 'open'} ${id}`;
}

function sameSentence(a: EvidenceCell, b: EvidenceCell): boolean {
  return a.topic === b.topic && a.document === b.document && a.text === b.text;
}
