/** Measures texts in the font of an element without drawing them. */
export class TextMeasure {
  private readonly context = document.createElement('canvas').getContext('2d');
  private readonly widths = new Map<string, number>();
  private font = '';

  constructor(private readonly element: HTMLElement) {}

  /** Must be called before a series of measurements: the font follows the settings of the editor. */
  readFont(): void {
    const { font } = getComputedStyle(this.element);
    if (font === this.font || !this.context) return;
    this.font = font;
    this.context.font = font;
    this.widths.clear();
  }

  /** Width of a text in pixels. */
  widthOf(text: string): number {
    const known = this.widths.get(text);
    if (known !== undefined) return known;
    const width = this.context?.measureText(text).width ?? 0;
    this.widths.set(text, width);
    return width;
  }
}
