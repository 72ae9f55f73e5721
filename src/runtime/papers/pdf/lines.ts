import { isCitationMark } from '../../../core/documents/blocks';
import { mostFrequent } from '../../../core/mostFrequent';
import type { Region } from './columns';
import { quantile } from './columns';
import { type Fragment, fragmentOf, type TextItem } from './textItems';

/** A printed line of a column. */
export interface Line {
  readonly text: string;
  /** The parts of the line between wide gaps: one for prose, several for the cells of a table. */
  readonly cells: readonly Cell[];
  /** The parts between gaps that could also be those of a justified line. */
  readonly narrowCells: readonly Cell[];
  readonly x0: number;
  readonly x1: number;
  /** The baseline; grows downwards. */
  readonly y: number;
  readonly size: number;
  /** The font of most of its characters. */
  readonly font: string;
  readonly page: number;
  /** Number of the region in reading order, counted through the document. */
  readonly region: number;
  /** Edges of most lines of its region. */
  readonly left: number;
  readonly right: number;
}

export interface Cell {
  readonly text: string;
  readonly x0: number;
}

/** A gap of more ems divides cells. */
const cellGap = 1.7;
const narrowGap = 0.8;
/** Without a space character, a gap of more ems divides words. */
const wordGap = 0.17;

/** The lines of a region from top to bottom. @param place The page and the number of the region. */
export function linesOf(region: Region, place: { readonly page: number; readonly region: number }): Line[] {
  const rows = rowsOf(region).map((fragments) => mergeRow(fragments));
  const left = quantile(
    rows.map(({ x0 }) => x0),
    0.1,
  );
  const right = quantile(
    rows.map(({ x1 }) => x1),
    0.9,
  );
  return rows.map((row) => ({ ...lineOf(row), ...place, left, right }));
}

/** Groups fragments with one baseline. Fragments of scripts belong to the line that they stand beside. */
function rowsOf(region: Region): Fragment[][] {
  const rows: { y: number; size: number; fragments: Fragment[] }[] = [];
  for (const fragment of [...region].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    const isSmall = row && fragment.size < 0.8 * row.size;
    const isAfterScript = row && row.size < 0.8 * fragment.size;
    const tolerance =
      isSmall || isAfterScript ? 0.5 * Math.max(row.size, fragment.size) : 0.3 * fragment.size;
    if (row && fragment.y - row.y <= tolerance) {
      row.fragments.push(fragment);
      if (isAfterScript) Object.assign(row, { y: fragment.y, size: fragment.size });
    } else rows.push({ y: fragment.y, size: fragment.size, fragments: [fragment] });
  }
  return rows.map(({ fragments }) => fragments.sort((a, b) => a.x0 - b.x0));
}

/** Makes one fragment of those of a row, from left to right. */
function mergeRow(fragments: readonly Fragment[]): Fragment {
  return fragmentOf(fragments.flatMap(({ items }) => items));
}

function lineOf(
  row: Fragment,
): Pick<Line, 'text' | 'cells' | 'narrowCells' | 'x0' | 'x1' | 'y' | 'size' | 'font'> {
  const fonts = new Map<string, number>();
  for (const { font, text } of row.items) fonts.set(font, (fonts.get(font) ?? 0) + text.length);
  const cellsOf = (minGap: number) =>
    splitCells(row, minGap).map((items) => ({ text: textOf(items, row), x0: items[0]?.x ?? 0 }));
  const cells = cellsOf(cellGap);
  const { x0, x1, y, size } = row;
  const text = cells.map((cell) => cell.text).join(' ');
  return {
    text: text.trim(),
    cells,
    narrowCells: cellsOf(narrowGap),
    x0,
    x1,
    y,
    size,
    font: mostFrequent(fonts) ?? '',
  };
}

function splitCells({ items, size }: Fragment, minGap: number): TextItem[][] {
  const cells: TextItem[][] = [];
  let end = -Infinity;
  for (const item of items) {
    if (item.x - end > minGap * size || cells.length === 0) cells.push([]);
    cells.at(-1)?.push(item);
    end = Math.max(end, item.x + item.width);
  }
  return cells;
}

/**
 * The text of items on one line. Raised numbers that refer to the literature are left out; other raised numbers after a
 * digit (10⁶) become superscript characters, since they are no part of the number before them.
 */
function textOf(items: readonly TextItem[], line: Fragment): string {
  let text = '';
  let end: number | undefined;
  let raised = '';
  const closeRaised = (): void => {
    if (raised !== '' && !isCitation(raised, text)) text += /\d$/.test(text) ? superscript(raised) : raised;
    raised = '';
  };
  for (const item of items) {
    const isRaised = item.size < 0.87 * line.size && item.y < line.y - 0.12 * line.size;
    const gap = end === undefined ? 0 : item.x - end;
    end = item.x + item.width;
    if (isRaised) {
      raised += raised !== '' && gap > wordGap * line.size ? ` ${item.text.trim()}` : item.text.trim();
      continue;
    }
    const wasRaised = raised !== '';
    closeRaised();
    const isWord = gap > wordGap * line.size || (wasRaised && gap > 0.1 * line.size);
    if (isWord && text !== '' && !/\s$/.test(text) && !/^\s/.test(item.text)) text += ' ';
    text += item.text;
  }
  closeRaised();
  return withoutLevelCitations(text.replace(/[\s\u00A0]+/g, ' ').trim());
}

/** Some fonts have raised digits of their own, which a PDF names like the others: `was seen.12 We`. */
function withoutLevelCitations(text: string): string {
  return text.replace(/(?<=\p{Ll}{3}\.)\d{1,3}(?:[,–-]\d{1,3}){0,9}(?= \p{Lu}|$)/gu, '');
}

function isCitation(raised: string, before: string): boolean {
  const content = raised.trim();
  const isAfterName = /\p{Lu}[\p{L}’'-]+,?$/u.test(before.slice(-40));
  // Affiliations of authors: `Miller¹,²`, `Okafor²*`, `Chen a,b`.
  const isAffiliation = isAfterName && /^[,;\s]*(?:[a-z\d*†‡§¶#]{1,2}[,;\s]*){1,8}$/.test(content);
  return (
    isCitationMark(content.replace(/^[,;\s]+|[,;\s]+$/g, ''), before.slice(-8)) ||
    (isAffiliation && content.includes(','))
  );
}

const raisedCharacters: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '+': '⁺',
  '-': '⁻',
  '−': '⁻',
  '–': '⁻',
};

function superscript(text: string): string {
  const characters = Array.from(text, (character) => raisedCharacters[character]);
  return characters.every((character) => character !== undefined) ? characters.join('') : text;
}
