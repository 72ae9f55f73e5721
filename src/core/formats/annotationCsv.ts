import { BioBertError, errorCodes } from '../errors';
import { grouped } from '../grouped';
import type { Entity } from '../types';
import { csvLine, readCsv } from './csv';
import { roundProbability, type Mention } from './mention';
import type { RelationLink } from './relationLink';

export const annotationCsvHeader = [
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
] as const;

/** The first line. */
export const annotationCsvHead = csvLine(annotationCsvHeader);

/** A record a mention (`T1` …) and a relation (`R1` …) of one document; offsets are UTF-16 and count in it. */
export function annotationCsvRows(
  document: string,
  entities: readonly Entity[],
  relations: readonly RelationLink[],
): string {
  const mentions = entities.map(({ start, end, text, type, probability }, index) =>
    csvLine([
      document,
      'entity',
      `T${index + 1}`,
      type,
      start,
      end,
      text,
      '',
      '',
      '',
      '',
      roundProbability(probability),
    ]),
  );
  const links = relations.map(({ type, subject, object, probability, isNegated, isSpeculated }, index) =>
    csvLine([
      document,
      'relation',
      `R${index + 1}`,
      type,
      '',
      '',
      '',
      `T${subject + 1}`,
      `T${object + 1}`,
      isNegated ? 'yes' : 'no',
      isSpeculated ? 'yes' : 'no',
      probability === undefined ? '' : roundProbability(probability),
    ]),
  );
  return [...mentions, ...links].join('');
}

/** One document of a table. */
export interface CsvDocument {
  readonly document: string;
  readonly mentions: readonly Mention[];
  readonly relations: readonly RelationLink[];
}

/** @throws {BioBertError} ARGUMENT_INVALID when the columns are others. */
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
  return [...grouped(all, ({ document = '' }) => document)].map(([document, rows]) => ({
    document,
    mentions: rows.filter(({ kind }) => kind === 'entity').map(mentionOf),
    relations: rows.filter(({ kind }) => kind === 'relation').map(relationOf),
  }));
}

type CsvRow = Readonly<Partial<Record<string, string>>>;

function mentionOf({ start, end, text = '', type = '', probability }: CsvRow): Mention {
  return { start: Number(start), end: Number(end), text, type, probability: Number(probability) };
}

function relationOf({ type = '', subject, object, negated, speculated, probability }: CsvRow): RelationLink {
  const indexOf = (id: string | undefined): number => Number(id?.slice(1)) - 1;
  return {
    type,
    subject: indexOf(subject),
    object: indexOf(object),
    ...(probability === '' ? {} : { probability: Number(probability) }),
    isNegated: negated === 'yes',
    isSpeculated: speculated === 'yes',
  };
}
