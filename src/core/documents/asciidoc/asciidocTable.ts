import type { ParagraphCuts, TrimmedLine } from '../paragraphCuts';

/** The specifier of a cell before its border: `2+`, `.3+^.>s`, `a`. */
const cellSpecifier = /(?:^|\s)(?:\d*(?:\.\d+)?[+*])?[<^>]?(?:\.[<^>])?[adehlmsv]?$/;

/**
 * Adds the cells of a line of a table. The first line of a cell follows a border; its other lines may have none.
 * @param border The character between the cells of the table.
 */
export function cutCells(cuts: ParagraphCuts, line: TrimmedLine, border: string): void {
  if (line.text.startsWith('//')) return;
  let from = 0;
  for (let at = line.text.indexOf(border); ; at = line.text.indexOf(border, from)) {
    const to = at < 0 ? line.text.length : at;
    const content = line.text.slice(from, to);
    // The text before a border may describe the cell after it.
    const specifier = at < 0 || border === ',' ? undefined : cellSpecifier.exec(content.slice(-12))?.[0];
    const end = to - (specifier?.length ?? 0);
    if (from === 0 && end > 0 && border === '|') cuts.add({ ...line, end: line.start + end });
    else startCell(cuts, line, from, end);
    if (at < 0) return;
    cuts.close();
    from = at + 1;
  }
}

/** Begins a cell whose first line is `[from, end)` in the text of a line. */
function startCell(cuts: ParagraphCuts, line: TrimmedLine, from: number, end: number): void {
  const content = line.text.slice(from, end);
  const start = line.start + from + (content.length - content.trimStart().length);
  if (content.trim() !== '') cuts.start({ ...line, start, end: line.start + end });
}
