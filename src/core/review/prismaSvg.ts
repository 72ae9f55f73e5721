import type { PrismaCounts } from './prisma';
import { prismaDiagram, type PrismaBox, type PrismaDiagram, type PrismaWords } from './prismaDiagram';
import { textWidth, wrapped } from './wrappedText';

const fontSize = 12;
const lineHeight = 16;
const padding = 10;
const boxWidth = 240;
const indent = 12;
/** Distance between the boxes of a column; an arrow stands there. */
const rowGap = 28;
const columnGap = 36;
const margin = 16;
/** Width of the bands with the names of the stages. */
const bandWidth = 28;
const headingGap = 14;
/** Names of stages that are longer are compressed where their rows are lower. */
const maxNameHeight = 120;

/** A box with its place in the drawing, in pixels. */
interface PlacedBox extends PrismaBox {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly texts: readonly { readonly text: string; readonly indent: number }[];
}

interface Layout {
  readonly boxes: readonly PlacedBox[];
  readonly headings: readonly { readonly x: number; readonly lines: readonly string[] }[];
  readonly width: number;
  readonly height: number;
}

/** The identifier of the tip of the arrows, by which a drawing is recognised. */
const arrowTip = 'prisma-arrow';

/** Whether {@link prismaSvg} made a drawing, so that a newer one may replace it. */
export function isPrismaSvg(text: string): boolean {
  return text.startsWith('<svg ') && text.includes(` id="${arrowTip}" `);
}

/**
 * The flow diagram as a drawing in the layout of PRISMA 2020: stages at the left, databases and registers beside other
 * methods. It has a white ground, so that it can be read in dark and light themes and on paper, and no script.
 */
export function prismaSvg(counts: PrismaCounts, words: PrismaWords): string {
  const diagram = prismaDiagram(counts, words);
  const layout = layoutOf(diagram, words);
  const { width, height } = layout;
  const title = xmlText(`${words.viaDatabases}: ${words.included}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `role="img" aria-label="${title}" font-family="Arial, Helvetica, sans-serif" font-size="${fontSize}" fill="#1f2328">`,
    `<title>${title}</title>`,
    `<defs><marker id="${arrowTip}" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" ` +
      'orient="auto"><path d="M0 0L10 5L0 10z" fill="#1f2328"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...layout.headings.map(headingSvg),
    ...bandsSvg(layout.boxes, words),
    ...layout.boxes.map(boxSvg),
    ...diagram.arrows.map((arrow) => arrowSvg(arrow, layout.boxes)),
    '</svg>\n',
  ].join('\n');
}

function layoutOf({ boxes }: PrismaDiagram, words: PrismaWords): Layout {
  const columns = Math.max(...boxes.map(({ column }) => column)) >= 2 ? 4 : 2;
  const x = (column: number): number => margin + bandWidth + columnGap / 2 + column * (boxWidth + columnGap);
  const headingWidth = 2 * boxWidth + columnGap;
  const headings = [words.viaDatabases, words.viaOthers].slice(0, columns / 2).map((text, index) => ({
    x: x(index * 2),
    lines: wrapped(text, (headingWidth - 2 * padding) / fontSize),
  }));
  const placed: PlacedBox[] = [];
  let y = margin + heightOf(Math.max(...headings.map(({ lines }) => lines.length))) + headingGap;
  for (const row of [...new Set(boxes.map((box) => box.row))].sort((a, b) => a - b)) {
    const inRow = boxes.filter((box) => box.row === row).map((box) => sizedBox(box, boxes, words));
    const rowHeight = Math.max(...inRow.map(({ height }) => height));
    for (const box of inRow)
      placed.push({ ...box, x: x(box.column), y: y + Math.round((rowHeight - box.height) / 2) });
    y += rowHeight + rowGap;
  }
  return { boxes: placed, headings, width: x(columns) - columnGap + margin, height: y - rowGap + margin };
}

/** A box that is high enough for its text, and for the name of its stage if it is the only row of it. */
function sizedBox(
  box: PrismaBox,
  boxes: readonly PrismaBox[],
  words: PrismaWords,
): Omit<PlacedBox, 'x' | 'y'> {
  const texts = textsOf(box);
  const isOnlyRow = boxes.every(({ stage, row }) => stage !== box.stage || row === box.row);
  const name = isOnlyRow ? Math.ceil(textWidth(words.stages[box.stage] ?? '') * fontSize) + padding : 0;
  return { ...box, texts, height: Math.max(heightOf(texts.length), Math.min(name, maxNameHeight)) };
}

function textsOf({ lines }: PrismaBox): PlacedBox['texts'] {
  return lines.flatMap(({ text, level }) =>
    wrapped(text, (boxWidth - 2 * padding - level * indent) / fontSize).map((part) => ({
      text: part,
      indent: level * indent,
    })),
  );
}

function heightOf(lines: number): number {
  return lines * lineHeight + 2 * padding - (lineHeight - fontSize);
}

function textSvg(text: string, x: number, y: number, more = ''): string {
  return `<text x="${x}" y="${y}"${more}>${xmlText(text)}</text>`;
}

function baseline(top: number, line: number): number {
  return top + padding + line * lineHeight + fontSize - 2;
}

function headingSvg({ x, lines }: Layout['headings'][number]): string {
  const width = 2 * boxWidth + columnGap;
  return [
    `<rect x="${x}" y="${margin}" width="${width}" height="${heightOf(lines.length)}" rx="4" fill="#ffe7a3" stroke="#9a6700"/>`,
    ...lines.map((line, index) =>
      textSvg(line, x + width / 2, baseline(margin, index), ' text-anchor="middle" font-weight="bold"'),
    ),
  ].join('\n');
}

function boxSvg({ x, y, height, texts }: PlacedBox): string {
  const inset = Math.round((height - heightOf(texts.length)) / 2);
  return [
    `<rect x="${x}" y="${y}" width="${boxWidth}" height="${height}" fill="#ffffff" stroke="#1f2328"/>`,
    ...texts.map((line, index) => textSvg(line.text, x + padding + line.indent, baseline(y + inset, index))),
  ].join('\n');
}

/** The names of the stages, turned by a quarter; a name that is longer than its band is compressed. */
function bandsSvg(boxes: readonly PlacedBox[], words: PrismaWords): string[] {
  return words.stages.flatMap((name, stage) => {
    const inStage = boxes.filter((box) => box.stage === stage);
    if (inStage.length === 0) return [];
    const top = Math.min(...inStage.map(({ y }) => y));
    const height = Math.max(...inStage.map((box) => box.y + box.height)) - top;
    const centre = `${margin + bandWidth / 2} ${top + height / 2}`;
    const room = height - padding / 2;
    const fit =
      textWidth(name) * fontSize > room ? ` textLength="${room}" lengthAdjust="spacingAndGlyphs"` : '';
    return [
      `<rect x="${margin}" y="${top}" width="${bandWidth}" height="${height}" rx="4" fill="#cfe3f7" stroke="#0550ae"/>`,
      `<text transform="translate(${centre}) rotate(-90)" y="4" text-anchor="middle" font-weight="bold"${fit}>${xmlText(name)}</text>`,
    ];
  });
}

/** A straight arrow to the right or down, or from other methods down and to the left. */
function arrowSvg([from, to]: readonly [string, string], boxes: readonly PlacedBox[]): string {
  const start = boxes.find(({ id }) => id === from);
  const end = boxes.find(({ id }) => id === to);
  if (!start || !end) return '';
  const path =
    start.row === end.row
      ? `M${start.x + boxWidth} ${start.y + start.height / 2}H${end.x}`
      : start.column === end.column
        ? `M${start.x + boxWidth / 2} ${start.y + start.height}V${end.y}`
        : `M${start.x + boxWidth / 2} ${start.y + start.height}V${end.y + end.height / 2}H${end.x + boxWidth}`;
  return `<path d="${path}" fill="none" stroke="#1f2328" marker-end="url(#prisma-arrow)"/>`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text for XML, without the characters that XML 1.0 forbids. */
function xmlText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}
