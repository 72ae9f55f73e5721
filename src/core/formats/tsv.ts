import type { Entity, Relation } from '../types';
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

/** The first line of a table of relations. */
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

/** One row a relation, escaped as {@link writeTsvRows}; `negated` and `speculated` hold the cue or nothing. */
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
