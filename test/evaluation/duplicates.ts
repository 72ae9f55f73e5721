/** Measures the search for duplicates on a table of records that says which of them a reviewer keeps. */
import { rowsOf } from '../../src/core/documents/delimited';
import { tableLayout } from '../../src/core/documents/tableLayout';
import { BioBertError, errorCodes } from '../../src/core/errors';
import { groupBy } from '../../src/core/groupBy';
import { doiForm } from '../../src/core/records/comparableRecord';
import { type DoubtfulPair, findDuplicates } from '../../src/core/records/duplicates';
import type { IdentifiedRecord } from '../../src/core/records/identifiedRecord';
import { readRecords } from '../../src/core/records/readRecords';
import { hash } from '../../src/core/hash';
import { titleForm } from '../../src/core/records/titleForms';

/** A record and whether it is the one that is kept of its publication. */
export interface LabelledRecord {
  readonly record: IdentifiedRecord;
  readonly isUnique: boolean;
}

export interface DuplicateFigures {
  readonly records: number;
  /** Publications by the labels, and as many as were found. */
  readonly publications: number;
  readonly found: number;
  /** Shares of the duplicates: of those that are labelled, and of those that were found. */
  readonly recall: number;
  readonly precision: number;
  /** Number of clusters with two DOIs. */
  readonly acrossDois: number;
  /** Clusters that are wrong by the labels: with no record that is kept, or with several. */
  readonly mistakes: readonly (readonly LabelledRecord[])[];
  readonly doubtful: readonly DoubtfulPair[];
}

/**
 * Reads the labelled sets of ASySD (Hair et al. 2023, BMC Biology 21:189): a column says `unique` or `duplicate`.
 * @throws {BioBertError} ARGUMENT_INVALID if no column does.
 */
export function readLabelledRecords(text: string): readonly LabelledRecord[] {
  const layout = tableLayout(text);
  const rows = Array.from(rowsOf(text, layout.delimiter, layout.end), ({ cells }) =>
    cells.map(({ start, end }) => text.slice(start, end).toLowerCase()),
  );
  const column = (rows[0] ?? []).findIndex((_, index) =>
    rows.every((row) => row[index] === 'unique' || row[index] === 'duplicate'),
  );
  if (column < 0)
    throw new BioBertError(
      errorCodes.ARGUMENT_INVALID,
      'The table has no labels.',
      'Name a CSV file with a column that says `unique` or `duplicate` for each record.',
    );
  return readRecords(text, 'table').map((record, index) => ({
    record: { ...record, id: String(index) },
    isUnique: rows[index]?.[column] === 'unique',
  }));
}

/** Halves by the beginning of the title: constants are chosen on `dev`, and `report` is what they reach. */
export function halfOf({ record: { title = '' } }: LabelledRecord): 'dev' | 'report' {
  return hash(titleForm(title).letters.slice(0, 30)) % 2 === 0 ? 'dev' : 'report';
}

/**
 * Finds the duplicates. The labels do not say which records belong together, but each publication has one record that is
 * kept: a cluster without such a record misses one duplicate, and with several it has as many wrong ones less one.
 */
export function measureDuplicates(labelled: readonly LabelledRecord[]): DuplicateFigures {
  const { merged, doubtful } = findDuplicates(labelled.map(({ record }) => record));
  const keptOf = new Map(merged.map(({ kept, duplicate }) => [duplicate, kept]));
  const clusters = [...groupBy(labelled, ({ record: { id } }) => keptOf.get(id) ?? id).values()];
  const uniques = clusters.map((cluster) => cluster.filter(({ isUnique }) => isUnique).length);
  const missed = uniques.filter((count) => count === 0).length;
  const wrong = uniques.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
  const right = merged.length - wrong;
  return {
    records: labelled.length,
    publications: labelled.filter(({ isUnique }) => isUnique).length,
    found: clusters.length,
    recall: right / Math.max(1, right + missed),
    precision: right / Math.max(1, right + wrong),
    acrossDois: clusters.filter((cluster) => doisOf(cluster).size > 1).length,
    mistakes: clusters.filter((_, index) => uniques[index] !== 1),
    doubtful,
  };
}

function doisOf(cluster: readonly LabelledRecord[]): Set<string> {
  return new Set(cluster.flatMap(({ record: { doi } }) => (doi === undefined ? [] : (doiForm(doi) ?? []))));
}

export function writeDuplicates(name: string, figures: DuplicateFigures): string {
  const { records, publications, found, recall, precision, acrossDois, doubtful } = figures;
  const percent = (share: number): string => (100 * share).toFixed(2);
  return `${name}\t${records} records\t${found} unique (labels: ${publications})\trecall ${percent(recall)}\tprecision ${percent(precision)}\tacross DOIs ${acrossDois}\tdoubtful ${doubtful.length}\n`;
}
