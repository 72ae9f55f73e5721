import * as vscode from 'vscode';
import type { ReadingLimit } from '../../core/documents/blocks';
import type { Unread } from '../../core/documents/coverage';
import { formatNames } from '../../core/documents/formatNames';
import type { ReadingReport } from '../../protocol/engine';
import { formatCount } from './countLabels';

/**
 * Says what of a document was not read as its author meant it, one sentence for each reason.
 *
 * @param name The name of the document.
 * @param lineOf Returns the line of an offset, counted from 1.
 */
export function readingMessages(
  name: string,
  { simplified = [], unread = [] }: ReadingReport,
  lineOf: (offset: number) => number,
): readonly string[] {
  return [
    ...unread.map((each) => `${name}: ${unreadWords(each)}`),
    ...simplified.map(({ limit, start, parts }) => simplifiedWords[limit](name, lineOf(start), parts)),
  ];
}

function unreadWords({ reason, read, total, format, looksLike }: Unread): string {
  const [part, whole] = [formatCount(read), formatCount(total)];
  const name = formatNames[format];
  const other =
    looksLike === undefined
      ? ''
      : ` ${vscode.l10n.t('It looks like {0}: rename the file to match.', formatNames[looksLike])}`;
  switch (reason) {
    case 'nothing':
    case 'little':
      return (
        vscode.l10n.t('only {0} of {1} characters were read as prose of {2}.', part, whole, name) + other
      );
    case 'outside':
      return vscode.l10n.t('only {0} of {1} characters lie in records of {2}.', part, whole, name) + other;
    case 'records':
      return (
        vscode.l10n.t('only {0} of {1} records have a text that could be read as {2}.', part, whole, name) +
        other
      );
    case 'encoding':
      return vscode.l10n.t(
        '{0} characters were garbled by a wrong encoding. They are read as what was meant; save the file again as UTF-8 from the program that made it.',
        part,
      );
  }
}

const simplifiedWords: Readonly<Record<ReadingLimit, (name: string, line: number, parts: number) => string>> =
  {
    markup: (name, line, parts) =>
      vscode.l10n.t(
        '{0}, line {1}: the markup takes too long to read, so it was read as plain text (places: {2}). Split the paragraph or list there.',
        name,
        line,
        parts,
      ),
    macros: (name, line, parts) =>
      vscode.l10n.t(
        '{0}, line {1}: the macros would print too much text, so they were not expanded (places: {2}). Write the text out.',
        name,
        line,
        parts,
      ),
    unclosed: (name, line, parts) =>
      vscode.l10n.t(
        '{0}, line {1}: a formula, a comment or a block of code is not closed, so the text after it was not read (places: {2}). Add the mark that closes it.',
        name,
        line,
        parts,
      ),
    footnotes: (name, line, parts) =>
      vscode.l10n.t(
        '{0}, line {1}: a footnote stands within a sentence, so its text was not read (places: {2}). Look at it there, or move it to the end of the sentence.',
        name,
        line,
        parts,
      ),
  };
