/** Labelled records, and simulated screening of them by ASReview. */
import { parse } from 'csv-parse/sync';
import { BioBertError, errorCodes } from '../../../src/core/errors';
import type { RankedText } from '../../../src/core/screening/ranker';

export interface LabelledRecord extends RankedText {
  readonly isRelevant: boolean;
}

/**
 * Reads a CSV file with the columns title, abstract and label (1: relevant). The id is the position in the file.
 * @throws {BioBertError} ARGUMENT_INVALID if a label is neither 0 nor 1.
 */
export function readLabelledRecords(text: string): readonly LabelledRecord[] {
  const lines: Record<string, string>[] = parse(text, { columns: true, bom: true });
  return lines.map(({ title = '', abstract = '', label }, index) => {
    if (label !== '0' && label !== '1') throw invalidLabel(index);
    return { id: String(index), title, abstract, isRelevant: label === '1' };
  });
}

function invalidLabel(index: number): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    `Record ${index + 1} has no label 0 or 1.`,
    'Use a CSV file with the columns title, abstract and label.',
  );
}

/** A line of the results of `test/evaluation/asreview/simulate.py`. */
export interface AsreviewRun {
  readonly set: string;
  readonly seed: number;
  /** Indices of the relevant and the irrelevant record that were given. */
  readonly priors: readonly number[];
  /** Number of the other records. */
  readonly records: number;
  /** Ranks of the relevant records, from 1. */
  readonly found: readonly number[];
}

export function readAsreviewRuns(text: string): readonly AsreviewRun[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as AsreviewRun);
}
