import { lineEnds } from '../characters';
import type { Entity, Relation } from '../types';
import { conceptColumnNames, conceptColumns, conceptIds } from './conceptColumns';
import { roundProbability } from './mention';

/** The header line of a table of mentions. */
export const tsvHeader = `${[
  'document',
  'start',
  'end',
  'type',
  'probability',
  'text',
  'name',
  ...conceptColumnNames,
].join('\t')}\n`;

/**
 * Writes one row per mention; `start` and `end` are UTF-16 offsets in the text of the file. Tab, line feed, carriage
 * return and backslash are written as `\t \n \r \\`, a convention that R, pandas and databases can read. Other
 * characters that some readers take for line ends, such as U+000C and U+2028, are written as `\u000c`. The last columns
 * are those of {@link conceptColumns}.
 */
export function writeTsvRows(document: string, entities: readonly Entity[]): string {
  return entities
    .map(({ start, end, type, probability, text, name, concepts }) =>
      [
        escapeField(document),
        start,
        end,
        escapeField(type),
        roundProbability(probability),
        escapeField(text),
        escapeField(name),
        ...conceptColumns(concepts).map(escapeField),
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
  'subject_id',
  'object_id',
].join('\t')}\n`;

/**
 * Writes one row per relation, escaped as in {@link writeTsvRows}. `negated` and `speculated` contain the cue or
 * nothing; `subject_id` and `object_id` the identifiers of the concepts as in {@link conceptIds}.
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
        escapeField(conceptIds(subject.concepts)),
        escapeField(conceptIds(object.concepts)),
      ].join('\t');
    })
    .map((row) => `${row}\n`)
    .join('');
}

function mentionFields({ name, type, start, end }: Entity): (string | number)[] {
  return [escapeField(name), escapeField(type), start, end];
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const escaped = new RegExp(String.raw`[\\\t${lineEnds}]`, 'gu');

export function escapeField(field: string): string {
  return field.replace(
    escaped,
    (character) => escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const unescapes: Readonly<Record<string, string>> = { '\\': '\\', t: '\t', n: '\n', r: '\r' };

export function unescapeField(field: string): string {
  return field.replace(/\\(?:u([0-9a-f]{4})|([\\tnr]))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (unescapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
