import type { ListItem } from './relationRows';
import type { HeadingItem, RelationItem, RowTexts } from './rowTexts';
import { TextMeasure } from './textMeasure';
import { lineCount } from './textWrap';

/** Sizes in pixels, as panel.css has them. */
const linePx = 20;
const quotePx = 36;
const paddingPx = 10;
const sidePx = 16;
const insideSidePx = 36;
const nameGapPx = 4;
const detailGapPx = 8;
/** The icon of a type of entity, with its gap. */
const typePx = 12;
/** An arrow or the button that opens a pair, with its gap. */
const arrowPx = 20;
/** Space around the text of a badge. */
const badgePx = 10;
/** The place, with room for the buttons of the row. */
const placePx = 132;
/** The browser rounds widths; a row must rather be too high than too low. */
const roundingPx = 0.2;

/** Computes the heights of the rows: in a narrow list, the names and the line below them wrap. */
export class RowHeights {
  private measure: TextMeasure | undefined;

  constructor(private readonly texts: RowTexts) {}

  measureIn(list: HTMLElement): void {
    this.measure = new TextMeasure(list);
  }

  readFont(): void {
    this.measure?.readFont();
  }

  heightOf(item: ListItem, width: number): number {
    if (item.kind === 'heading') return paddingPx + linePx * this.headingLines(item, width - sidePx);
    const isInside = item.kind === 'relation' && item.isInside;
    const available = width - (isInside ? insideSidePx : sidePx);
    const names = isInside ? 0 : this.nameLines(item, available);
    const quote = item.kind === 'pair' ? 0 : quotePx;
    return paddingPx + linePx * (names + this.detailLines(item, available)) + quote;
  }

  private headingLines(item: HeadingItem, available: number): number {
    const words = this.texts.heading(item).split(' ');
    return lineCount(
      words.map((word) => this.widthOf(word)),
      available,
      this.widthOf(' '),
    );
  }

  private nameLines(item: RelationItem, available: number): number {
    const [subject, object, probability] = this.texts.head(item).map((text) => this.widthOf(text));
    const parts = [
      (item.kind === 'pair' ? arrowPx : 0) + typePx + (subject ?? 0),
      arrowPx + typePx + (object ?? 0),
    ];
    return lineCount(parts, available - (probability ?? 0) - nameGapPx, nameGapPx);
  }

  private detailLines(item: RelationItem, available: number): number {
    const [first = 0, ...others] = this.texts.details(item).map((text) => this.widthOf(text));
    const names = item.kind === 'relation' && item.isInside ? this.texts.ownNames(item.row).length : 0;
    const badges = others.map((each, index) => each + (index < names ? 0 : badgePx));
    const parts = item.kind === 'pair' ? [first, ...others] : [first, ...badges, placePx];
    return lineCount(parts, available, detailGapPx);
  }

  private widthOf(text: string): number {
    return (this.measure?.widthOf(text) ?? 0) + roundingPx;
  }
}
