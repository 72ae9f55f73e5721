import { mostFrequent } from '../../../core/mostFrequent';
import type { PDFPageProxy } from 'pdfjs-dist';
import type { TextContent, TextItem as PdfTextItem } from 'pdfjs-dist/types/src/display/api';
import type { PageItems, TextItem } from './textItems';

type Matrix = readonly [number, number, number, number, number, number];

/** A page with more items is hostile or a drawing; the rest is not read. */
const maxItems = 60_000;

/** An item in the direction in which it is written: 0 for upright text, then quarter turns clockwise. */
interface TurnedItem extends TextItem {
  readonly turn: number;
  readonly isArtifact: boolean;
}

/**
 * The text items of a page, seen upright. Text in another direction than most of the page, such as a stamp along the
 * margin, is left out, and so is what a tagged PDF marks as no content.
 */
export async function pageItems(page: PDFPageProxy): Promise<PageItems> {
  const viewport = page.getViewport({ scale: 1 });
  const content = await page.getTextContent({ includeMarkedContent: true });
  const all = turnedItems(content, viewport.transform as unknown as Matrix);
  const turns = new Map<number, number>();
  for (const { turn, text } of all) turns.set(turn, (turns.get(turn) ?? 0) + text.length);
  const turn = mostFrequent(turns) ?? 0;
  const { width, height } = viewport;
  const upright = all.filter((item) => item.turn === turn);
  const items = withoutRepeats(withoutArtifacts(upright)).map((item) =>
    turnItem(item, { turn, width, height }),
  );
  const isSideways = turn === 1 || turn === 3;
  return {
    page: page.pageNumber,
    width: isSideways ? height : width,
    height: isSideways ? width : height,
    items,
  };
}

function turnedItems({ items }: TextContent, view: Matrix): TurnedItem[] {
  const found: TurnedItem[] = [];
  /** For each open marked content, whether it is an artifact. */
  const marked: boolean[] = [];
  for (const item of items.slice(0, maxItems)) {
    if ('str' in item) {
      if (item.str !== '') found.push(turnedItem(item, view, marked.includes(true)));
    } else if (item.type === 'endMarkedContent') marked.pop();
    else marked.push('tag' in item && item.tag === 'Artifact');
  }
  return found;
}

function turnedItem(item: PdfTextItem, view: Matrix, isArtifact: boolean): TurnedItem {
  const [a, b, c, d, e, f] = multiply(view, item.transform as unknown as Matrix);
  const turn = (Math.round(Math.atan2(b, a) / (Math.PI / 2)) + 4) % 4;
  const { str: text, width, fontName: font } = item;
  return { text: readable(text), x: e, y: f, width, size: Math.hypot(c, d), font, turn, isArtifact };
}

/** Ligatures as letters. A soft hyphen that is printed is a hyphen; in some fonts, every hyphen has this code. */
function readable(text: string): string {
  return text
    .replace(/[\uFB00-\uFB06]/g, (letter) => letter.normalize('NFKC'))
    .replace(/\u00AD/g, '-')
    .replace(/[\u0000\u200B\uFEFF]/g, '');
}

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

/** Running heads are artifacts in a tagged PDF. Some programs mark everything as one; then the mark means nothing. */
function withoutArtifacts(items: readonly TurnedItem[]): readonly TurnedItem[] {
  const length = (some: readonly TurnedItem[]) => some.reduce((sum, { text }) => sum + text.length, 0);
  const content = items.filter(({ isArtifact }) => !isArtifact);
  return length(content) >= 0.7 * length(items) ? content : items;
}

/** Some programs print bold text twice, a little shifted. */
function withoutRepeats(items: readonly TurnedItem[]): TurnedItem[] {
  const seen = new Set<string>();
  return items.filter(({ text, x, y }) => {
    if (text.trim() === '') return true;
    const key = `${Math.round(x)} ${Math.round(y)} ${text}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

interface Turning {
  readonly turn: number;
  readonly width: number;
  readonly height: number;
}

function turnItem({ text, x, y, width, size, font }: TurnedItem, page: Turning): TextItem {
  const places = [
    [x, y],
    [y, page.width - x],
    [page.width - x, page.height - y],
    [page.height - y, x],
  ] as const;
  const [turnedX, turnedY] = places[page.turn] ?? [x, y];
  return { text, x: turnedX, y: turnedY, width, size, font };
}
