import { BioBertError, errorCodes } from '../../src/core/errors';
import type { Answer } from './corpus';

/** A name that is marked in a sentence; offsets are of its text without the marks. */
export interface MarkedName extends Answer {
  /** Guidelines differ on it: finding it is neither right nor wrong. */
  readonly isUnsettled: boolean;
}

export interface MarkedSentence {
  /** The last line above it that begins with `#`. */
  readonly phenomenon: string;
  readonly text: string;
  readonly names: readonly MarkedName[];
}

/** A name may hold brackets of its own, as `[[[18F]FDG|Chemical]]`. */
const mark = /\[\[((?:(?!\[\[)[^|\n])+?)\|([A-Za-z][\w-]*)(\??)\]\]/g;

/**
 * Reads sentences with marked names: one a line, a name as `[[BRCA1|Gene]]`, an unsettled one as `[[patients|Species?]]`,
 * a line with `# ` for the phenomenon of those below it, a line with `%` for a remark.
 * @throws {BioBertError} ARGUMENT_INVALID with the number of the line that breaks the format.
 */
export function readMarkedSentences(file: string): readonly MarkedSentence[] {
  return Array.from(linesByHeading(file), ({ heading, line, index }) => ({
    phenomenon: heading,
    ...readMarkedLine(line, index),
  }));
}

/** A line of a marked file that is neither empty nor a remark. */
export interface HeadedLine {
  /** The last line with `# ` above it. */
  readonly heading: string;
  readonly line: string;
  readonly index: number;
}

/** @throws {BioBertError} ARGUMENT_INVALID where a line has no heading. */
export function* linesByHeading(file: string): Generator<HeadedLine> {
  let heading: string | undefined;
  for (const [index, line] of file
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || line.startsWith('%')) continue;
    if (line.startsWith('# ')) heading = line.slice(2).trim();
    else if (heading === undefined) throw invalid(index, 'stands before the first line with "# "');
    else yield { heading, line, index };
  }
}

/** @throws {BioBertError} ARGUMENT_INVALID where a mark is not closed. */
export function readMarkedLine(line: string, index = 0): Pick<MarkedSentence, 'text' | 'names'> {
  const names: MarkedName[] = [];
  let text = '';
  let last = 0;
  for (const match of line.matchAll(mark)) {
    const [marked, name = '', type = '', doubt] = match;
    text += line.slice(last, match.index);
    const start = text.length;
    text += name;
    names.push({ start, end: text.length, type, isUnsettled: doubt === '?' });
    last = match.index + marked.length;
  }
  text += line.slice(last);
  if (/\[\[|\]\]|\|[A-Za-z]+\??\]/.test(text)) throw invalid(index, 'has a mark that is not closed');
  return { text, names };
}

function invalid(index: number, what: string): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `Line ${index + 1} ${what}.`,
    'Mark a name as [[BRCA1|Gene]], below a line such as "# abbreviations".',
  );
}
