import { el, setHidden } from './dom';
import { button } from './toolkit';
import type { Words } from './words';

/** Number of papers that are drawn at first, and with each click. */
const rowsAtOnce = 200;

/** The button below a long table, which is drawn in parts: an answer that comes in must not draw thousands of cells anew. */
export class MoreRows {
  readonly element: HTMLElement;
  private readonly label = el('span', {});
  private limit = rowsAtOnce;

  /** @param draw Draws the table with its new number of rows. */
  constructor(
    private readonly words: Words,
    draw: () => void,
  ) {
    this.element = button(
      '',
      () => {
        this.limit += rowsAtOnce;
        draw();
      },
      'secondary',
    );
    this.element.append(this.label);
    this.show(0);
  }

  /** Maximum number of rows to draw. */
  get maxRows(): number {
    return this.limit;
  }

  /** @param hidden Number of rows that are not drawn. */
  show(hidden: number): void {
    setHidden(this.element, hidden === 0);
    this.label.textContent = this.words.text('morePapers', hidden);
  }
}
