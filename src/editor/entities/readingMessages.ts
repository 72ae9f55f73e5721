import * as vscode from 'vscode';
import type { Unread } from '../../core/documents/coverage';
import { formatNames } from '../../core/documents/formatNames';
import type { Simplification } from '../../core/documents/simplified';
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
    ...simplified.map((each) => simplifiedWords(name, each, lineOf(each.start))),
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

function simplifiedWords(name: string, { limit, parts }: Simplification, line: number): string {
  return limit === 'markup'
    ? vscode.l10n.t(
        '{0}, line {1}: the markup takes too long to read, so it was read as plain text (places: {2}). Split the paragraph or list there.',
        name,
        line,
        parts,
      )
    : vscode.l10n.t(
        '{0}, line {1}: the macros would print too much text, so they were not expanded (places: {2}). Write the text out.',
        name,
        line,
        parts,
      );
}
