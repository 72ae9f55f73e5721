import { foldedWords } from './foldedWords';
import type { IdentifiedRecord } from './identifiedRecord';

const comparedFields = [
  'title',
  'authors',
  'year',
  'journal',
  'volume',
  'issue',
  'pages',
  'doi',
  'pmid',
  'pmcid',
  'types',
  'abstract',
] as const satisfies readonly (keyof IdentifiedRecord)[];

/** A field that two records state differently, as each states it; empty where it does not. */
export interface FieldDifference {
  readonly field: (typeof comparedFields)[number];
  readonly a: string;
  readonly b: string;
}

/** The fields that differ between two records in more than case, accents and punctuation, to show them side by side. */
export function differencesBetween(a: IdentifiedRecord, b: IdentifiedRecord): readonly FieldDifference[] {
  return comparedFields
    .map((field) => ({ field, a: shownValue(a[field]), b: shownValue(b[field]) }))
    .filter((each) => foldedWords(each.a).join(' ') !== foldedWords(each.b).join(' '));
}

function shownValue(value: string | number | readonly string[] | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join('; ') : String(value);
}
