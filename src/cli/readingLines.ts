/** Lines for stderr about how a document was read. */
import type { ReadingLimit } from '../core/documents/blocks';
import type { Unread } from '../core/documents/coverage';
import { languageOf } from '../core/documents/format';
import { formatNames } from '../core/documents/formatNames';
import type { Simplification } from '../core/documents/simplified';
import { tableLayout } from '../core/documents/tableLayout';
import { shownName } from './names';

/** A line about the columns of a table that are read, so that a wrong guess is seen. */
export function columnsLine(path: string, text: string): string {
  const { header, kinds } = tableLayout(text);
  const read = header.flatMap((name, index) => {
    const kind = kinds[index];
    return kind === undefined ? [] : [`"${name.replace(/^"|"$/g, '')}" as ${kind}`];
  });
  const others = header.length - read.length;
  const rest = others > 0 ? `; ${others} not read` : '';
  return `biobert: ${shownName(path)}: a table. Columns read: ${read.join(', ') || 'none'}${rest}.\n`;
}

/** A line for stderr about characters that the encoding does not know. */
export function unreadableLine(path: string, unreadable: number): string {
  const what = unreadable === 1 ? '1 character is' : `${unreadable} characters are`;
  return `biobert: ${shownName(path)}: warning: ${what} not in the expected encoding. Name the right one with --encoding.\n`;
}

/** A line for stderr about a file that is not UTF-8. */
export function encodingLine(path: string): string {
  return `biobert: ${shownName(path)}: warning: It is no UTF-8, so it was read as Windows-1252. Name another encoding with --encoding.\n`;
}

/** A line for stderr about a share of a document that was not read as prose. */
export function unreadLine(path: string, unread: Unread): string {
  return `biobert: ${shownName(path)}: warning: ${unreadWords(unread)}\n`;
}

function unreadWords({ reason, read, total, format, looksLike }: Unread): string {
  const [part, whole] = [read, total].map((count) => count.toLocaleString('en'));
  const other =
    looksLike === undefined
      ? ''
      : ` It looks like ${formatNames[looksLike]}: name the file so, or add --language ${languageOf(looksLike)}.`;
  switch (reason) {
    case 'nothing':
    case 'little':
      return `Only ${part} of ${whole} characters were read as prose of ${formatNames[format]}.${other || ' Check that the file is complete and of this format.'}`;
    case 'outside':
      return `Only ${part} of ${whole} characters lie in records of ${formatNames[format]}; the rest was not read.${other}`;
    case 'records':
      return `Only ${part} of ${whole} records have a title, an abstract or keywords that could be read as ${formatNames[format]}.${other}`;
    case 'encoding':
      return `${part} characters were garbled by a wrong encoding, such as "Ã©" for "é". They are read as what was meant; save the file again as UTF-8 from the program that made it.`;
  }
}

/** A line for stderr about markup that was not read. */
export function simplifiedLine(path: string, text: string, { limit, parts, start }: Simplification): string {
  const line = text.slice(0, start).split('\n').length;
  const place = parts === 1 ? `in line ${line}` : `in ${parts} places, first in line ${line},`;
  return `biobert: ${shownName(path)}: warning: ${simplifiedSentences[limit](place)}\n`;
}

/** Says what was not read and what to do, for each reason; `place` names the lines. */
const simplifiedSentences: Readonly<Record<ReadingLimit, (place: string) => string>> = {
  markup: (place) =>
    `The markup ${place} takes too long to read, so it was read as plain text. Split the paragraph or list there.`,
  macros: (place) =>
    `The macros ${place} would print too much text, so they were not expanded. Write the text out.`,
  unclosed: (place) =>
    `A formula, a comment or a block of code ${place} is not closed, so the text after it was not read. Add the mark that closes it.`,
  footnotes: (place) =>
    `A footnote ${place} stands within a sentence, so its text was not read. Look at it there, or move it to the end of the sentence.`,
};
