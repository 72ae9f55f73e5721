import type { Entity, Relation } from '../types';
import { roundProbability } from './mention';

/** The header line of a table of mentions. */
export const tsvHeader = 'document\tstart\tend\ttype\tprobability\ttext\tname\n';

/**
 * Writes one row per mention; `start` and `end` are UTF-16 offsets in the text of the file. Tab, line feed, carriage
 * return and backslash are written as `\t \n \r \\`, a convention that R, pandas and databases can read.
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

/** The header line of a table of relations. */
export const relationsTsvHeader = `${[
  'document',
  'type',
  'probability',
  'subject',
  'subject_type',
  'subject_start',
  'subject_end',
  'object',
  'object_type',
  'object_start',
  'object_end',
  'negated',
  'speculated',
  'evidence_start',
  'evidence_end',
  'evidence',
].join('\t')}\n`;

/**
 * Writes one row per relation, escaped as in {@link writeTsvRows}. `negated` and `speculated` contain the cue or
 * nothing.
 */
export function writeRelationRows(document: string, relations: readonly Relation[]): string {
  return relations
    .map((relation) => {
      const { type, probability, subject, object, evidence } = relation;
      return [
        escapeField(document),
        escapeField(type),
        roundProbability(probability),
        ...mentionFields(subject),
        ...mentionFields(object),
        escapeField(relation.negated?.text ?? ''),
        escapeField(relation.speculated?.text ?? ''),
        evidence.start,
        evidence.end,
        escapeField(relation.evidenceText),
      ].join('\t');
    })
    .map((row) => `${row}\n`)
    .join('');
}

function mentionFields({ name, type, start, end }: Entity): (string | number)[] {
  return [escapeField(name), escapeField(type), start, end];
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
