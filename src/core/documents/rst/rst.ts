import type { BlockParser } from '../blocks';
import { proseOfLines } from '../lineProse';
import { substitutionsIn } from '../substitutions';
import { cutRst, itemMark } from './rstBlocks';
import { rstMasks } from './rstInline';

const lineMark = /^[ \t]*\|[ \t]+/;

/** Length of the marks before the text of a line: of list items, which can be nested (`* - cell`), and of line blocks. */
function marksOf(line: string, index: number): number {
  let length = (lineMark.exec(line) ?? /^[ \t]*/.exec(line))?.[0].length ?? 0;
  if (index > 0) return length;
  for (
    let mark = itemMark.exec(line.slice(length));
    mark;
    mark = itemMark.exec(line.slice(length, length + 60))
  )
    length += mark[0].length;
  return length;
}

/**
 * Parser for reStructuredText. Prose is the text of sections, lists, tables, notes and captions; options and code of
 * directives, comments, roles and targets are not.
 */
export const restructuredText: BlockParser = {
  cut: cutRst,

  parse(source, context) {
    return proseOfLines(source, rstMasks(source, substitutionsIn(context)), marksOf);
  },
};
