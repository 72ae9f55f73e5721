import { BioBertError, errorCodes } from '../errors';
import { groupBy } from '../groupBy';
import type { Entity } from '../types';
import { annotatorColumns, type Annotator, type Attributed } from './annotator';
import { conceptColumnNames, conceptColumns } from './conceptColumns';
import { csvLine, readCsv } from './csv';
import { roundProbability, toOneLine, type Mention } from './mention';
import type { RelationLink } from './relationLink';

const annotationCsvHeader = [
  'document',
  'kind',
  'id',
  'type',
  'start',
  'end',
  'text',
  'subject',
  'object',
  'negated',
  'speculated',
  'probability',
  'annotator',
  'model_sha256',
  ...conceptColumnNames,
] as const;

/** The header line. */
export const annotationCsvHead = csvLine(annotationCsvHeader);

/**
 * The rows of one document: a record for each mention (`T1` …) and for each relation (`R1` …). Offsets are UTF-16
 * offsets in the document. Line breaks and tabs in the text of a mention are written as spaces. The annotator is a
 * model, identified by its hash, or `person`; both columns are empty if it is not known. The last columns are those of
 * {@link conceptColumns}; relations leave them empty, as their mentions have them.
 */
export function annotationCsvRows(
  document: string,
  entities: readonly Attributed<Entity>[],
  relations: readonly RelationLink[],
): string {
  const mentions = entities.map(({ start, end, text, type, probability, annotator, concepts }, index) =>
    csvLine([
      toOneLine(document),
      'entity',
      `T${index + 1}`,
      toOneLine(type),
      start,
      end,
      toOneLine(text),
      '',
      '',
      '',
      '',
      roundProbability(probability),
      ...annotatorColumns(annotator),
      ...conceptColumns(concepts),
    ]),
  );
  const links = relations.map((relation, index) => {
    const { type, subject, object, probability, isNegated, isSpeculated, annotator } = relation;
    return csvLine([
      toOneLine(document),
      'relation',
      `R${index + 1}`,
      toOneLine(type),
      '',
      '',
      '',
      `T${subject + 1}`,
      `T${object + 1}`,
      isNegated ? 'yes' : 'no',
      isSpeculated ? 'yes' : 'no',
      probability === undefined ? '' : roundProbability(probability),
      ...annotatorColumns(annotator),
      ...conceptColumns(undefined),
    ]);
  });
  return [...mentions, ...links].join('');
}

function annotatorOf({ annotator: name = '', model_sha256: hash = '' }: CsvRow): Annotator | undefined {
  if (hash !== '') return { name, hash };
  return name === 'person' ? name : undefined;
}

/** The annotations of one document in a table. */
export interface CsvDocument {
  readonly document: string;
  readonly mentions: readonly Mention[];
  readonly relations: readonly RelationLink[];
}

/** @throws {BioBertError} ARGUMENT_INVALID if the table has other columns. */
export function readAnnotationCsv(file: string): readonly CsvDocument[] {
  const [header, ...records] = readCsv(file);
  if (header?.join() !== annotationCsvHeader.join()) {
    throw new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      'The table has other columns than an export of annotations.',
      `Give a table with the columns ${annotationCsvHeader.join(', ')}.`,
    );
  }
  const all = records.map((record): CsvRow =>
    Object.fromEntries(annotationCsvHeader.map((name, index) => [name, record[index] ?? ''])),
  );
  return [...groupBy(all, ({ document = '' }) => document)].map(([document, rows]) => ({
    document,
    mentions: rows.filter(({ kind }) => kind === 'entity').map(mentionOf),
    relations: rows.filter(({ kind }) => kind === 'relation').map(relationOf),
  }));
}

type CsvRow = Readonly<Partial<Record<string, string>>>;

function mentionOf(row: CsvRow): Mention {
  const { start, end, text = '', type = '', probability } = row;
  const annotator = annotatorOf(row);
  const mention = { start: Number(start), end: Number(end), text, type, probability: Number(probability) };
  return annotator === undefined ? mention : { ...mention, annotator };
}

function relationOf(row: CsvRow): RelationLink {
  const { type = '', subject, object, negated, speculated, probability } = row;
  const annotator = annotatorOf(row);
  const indexOf = (id: string | undefined): number => Number(id?.slice(1)) - 1;
  return {
    type,
    subject: indexOf(subject),
    object: indexOf(object),
    ...(probability === '' ? {} : { probability: Number(probability) }),
    isNegated: negated === 'yes',
    isSpeculated: speculated === 'yes',
    ...(annotator && { annotator }),
  };
}
