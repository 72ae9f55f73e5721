import type { Entity } from '../types';
import { roundProbability } from './mention';

/** The first line of a table. */
export const tsvHeader = 'document\tstart\tend\ttype\tprobability\ttext\tname\n';

/**
 * One row a mention; `start` and `end` are UTF-16 offsets into the file's text. Tab, line feed, carriage return
 * and backslash are written `\t \n \r \\`, the convention that R, pandas and databases know.
 */
export function writeTsvRows(document: string, entities: readonly Entity[]): string {
  return entities
    .map(({ start, end, type, probability, text, name }) =>
      [
        escapeField(document),
        start,
        end,
        escapeField(type),
        roundProbability(probability),
        escapeField(text),
        escapeField(name),
      ].join('\t'),
    )
    .map((row) => `${row}\n`)
    .join('');
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

export function escapeField(field: string): string {
  return field.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}

export function unescapeField(field: string): string {
  return field.replace(/\\([\\tnr])/g, (_, letter: string) =>
    letter === 't' ? '\t' : letter === 'n' ? '\n' : letter === 'r' ? '\r' : '\\',
  );
}
