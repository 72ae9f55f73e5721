/** Width of a text in pixels. */
export type TextMeasure = (text: string, size: number, isBold: boolean) => number;

/**
 * Measures texts. The widths are kept, because labels are placed again at each zoom.
 * @param font Returns the font; it is first asked when a text is measured.
 */
export function textMeasure(font: () => string): TextMeasure {
  const context = document.createElement('canvas').getContext('2d');
  const widths = new Map<string, number>();
  return (text, size, isBold) => {
    const key = `${isBold ? 'b' : 'n'}${size} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    if (context) context.font = `${isBold ? '600 ' : ''}${size}px ${font()}`;
    const width = context?.measureText(text).width ?? text.length * size * 0.6;
    widths.set(key, width);
    return width;
  };
}
