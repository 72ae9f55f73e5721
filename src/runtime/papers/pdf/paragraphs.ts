import { mostFrequent } from '../../../core/mostFrequent';
import { isCaption, isKnownHeading } from './headings';
import type { Line } from './lines';

/** Lines that belong together. */
export interface Paragraph {
  readonly lines: readonly Line[];
  /** Whether each line is a row of a table. */
  readonly isTable: boolean;
}

/** The properties that most text of a document has. */
export interface Typography {
  /** Size and font of most characters. */
  readonly size: number;
  readonly font: string;
}

export function typographyOf(lines: readonly Line[]): Typography {
  const sizes = new Map<number, number>();
  const fonts = new Map<string, number>();
  for (const { size, font, text } of lines) {
    const rounded = Math.round(size * 2) / 2;
    sizes.set(rounded, (sizes.get(rounded) ?? 0) + text.length);
    fonts.set(font, (fonts.get(font) ?? 0) + text.length);
  }
  return { size: mostFrequent(sizes) ?? 10, font: mostFrequent(fonts) ?? '' };
}

const sentenceEnd = /[.!?:;]["')\]”’]*$/;
const listMark = /^(?:[•◦‣▪●■–*]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s|\d{1,2}\.\s)/;

/** Divides lines, in reading order, into paragraphs. A paragraph does not continue in another region. */
export function paragraphsOf(lines: readonly Line[]): Paragraph[] {
  const leadings = leadingsOf(lines);
  const tables = tableLines(lines);
  const paragraphs: { lines: Line[]; isTable: boolean }[] = [];
  for (const [index, line] of lines.entries()) {
    const isTable = tables.has(line);
    const open = paragraphs.at(-1);
    const previous = lines[index - 1];
    const continues =
      open !== undefined &&
      previous !== undefined &&
      open.isTable === isTable &&
      previous.region === line.region &&
      (isTable || !startsParagraph(open.lines, line, leadings.get(line.region) ?? 1.2 * line.size));
    if (continues) open.lines.push(line);
    else paragraphs.push({ lines: [line], isTable });
  }
  return paragraphs;
}

/** The usual distance of two lines, by region. */
function leadingsOf(lines: readonly Line[]): ReadonlyMap<number, number> {
  const distances = new Map<number, Map<number, number>>();
  for (const [index, line] of lines.entries()) {
    const previous = lines[index - 1];
    if (previous?.region !== line.region) continue;
    const distance = Math.round((line.y - previous.y) * 2) / 2;
    if (distance <= 0 || distance > 2.6 * line.size) continue;
    const counts = distances.get(line.region) ?? new Map<number, number>();
    distances.set(line.region, counts);
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  return new Map([...distances].map(([region, counts]) => [region, mostFrequent(counts) ?? 0]));
}

/** @param open The lines of the open paragraph, not empty. */
function startsParagraph(open: readonly Line[], line: Line, leading: number): boolean {
  const previous = open.at(-1);
  if (!previous) return true;
  const distance = line.y - previous.y;
  const usual = Math.max(leading, 1.05 * line.size);
  if (distance > usual + 0.4 * line.size || distance < 0) return true;
  if (Math.abs(previous.size - line.size) > 0.08 * line.size) return true;
  const isBroken = /[-‐\u00AD]$/.test(previous.text);
  if (isBroken) return false;
  const ended = sentenceEnd.test(previous.text);
  if (isCaption(line.text) && ended) return true;
  if (isKnownHeading(line.text) && (ended || previous.font !== line.font)) return true;
  if (isHeadingLine(open, line)) return true;
  if (isCentred(previous) && isCentred(line)) return false;
  return hasIndent(open, line, ended) || hadRoom(previous, line, ended);
}

/** Whether a heading in a font of its own ends before the line. */
function isHeadingLine(open: readonly Line[], line: Line): boolean {
  const previous = open.at(-1);
  if (!previous || open.length > 3) return false;
  if (open.length === 1 && isKnownHeading(previous.text)) return true;
  const isShort = previous.x1 < previous.right - 0.12 * (previous.right - previous.left);
  return previous.font !== line.font && open.every(({ font }) => font === previous.font) && isShort;
}

function isCentred({ x0, x1, left, right, size }: Line): boolean {
  return x0 > left + size && x1 < right - size && Math.abs(x0 - left - (right - x1)) < 1.5 * size;
}

/** Whether the line has the indent of a first line, or the outdent of an entry in a list of references. */
function hasIndent(open: readonly Line[], line: Line, ended: boolean): boolean {
  const previous = open.at(-1);
  if (!previous) return true;
  const step = 0.6 * line.size;
  const isIndented =
    line.x0 > previous.x0 + step && line.x0 > line.left + step && line.x0 < line.left + 5 * line.size;
  // The second line of an entry is indented as well, but there no sentence has ended in the first.
  if (isIndented && open.length > 1 && (ended || Math.abs(previous.x0 - line.left) < step)) return ended;
  const isOutdented = line.x0 < previous.x0 - step && Math.abs(line.x0 - line.left) < step;
  return (isIndented && ended) || (isOutdented && open.length > 1 && isHanging(open));
}

function isHanging(open: readonly Line[]): boolean {
  const first = open[0];
  return first !== undefined && open.slice(1).every((each) => each.x0 > first.x0 + 0.5 * each.size);
}

/** Whether the line before had room for the first word of this one, so that it was ended on purpose. */
function hadRoom(previous: Line, line: Line, ended: boolean): boolean {
  const width = (line.x1 - line.x0) / Math.max(1, line.text.length);
  const firstWord = line.text.split(' ', 1)[0]?.length ?? 0;
  const room = previous.right - previous.x1;
  if (room <= (firstWord + 1.5) * width) return false;
  if (listMark.test(line.text)) return true;
  return (
    ended && (/^["'(\[“‘]?[\p{Lu}\p{N}]/u.test(line.text) || room > 0.3 * (previous.right - previous.left))
  );
}

/**
 * The rows of tables: lines in two or more cells, where a cell begins at the same place as one of a neighbouring line.
 * Wide gaps in a justified line have no such neighbour.
 */
function tableLines(lines: readonly Line[]): ReadonlySet<Line> {
  const found = new Set<Line>();
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next?.region !== line.region || line.cells.length < 2 || next.cells.length < 2) continue;
    const isNear = next.y - line.y < 4 * line.size;
    const starts = new Set(
      line.cells.slice(1).flatMap(({ x0 }) => [Math.round(x0) - 1, Math.round(x0), Math.round(x0) + 1]),
    );
    if (!isNear || !next.cells.slice(1).some(({ x0 }) => starts.has(Math.round(x0)))) continue;
    found.add(line);
    found.add(next);
  }
  addNarrowRows(found, lines);
  return found;
}

/** Adds lines beside a table whose gaps are narrow, such as its head. */
function addNarrowRows(found: Set<Line>, lines: readonly Line[]): void {
  for (const [index, line] of lines.entries()) {
    if (found.has(line) || line.narrowCells.length < 2) continue;
    const isBeside = [lines[index - 1], lines[index + 1]].some(
      (other) =>
        other !== undefined &&
        found.has(other) &&
        other.region === line.region &&
        other.cells.length === line.narrowCells.length &&
        Math.abs(other.y - line.y) < 3 * line.size,
    );
    if (isBeside) found.add(line);
  }
}
