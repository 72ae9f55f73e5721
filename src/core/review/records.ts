/** The records of a review: `records.jsonl`. */
import type { BibliographicRecord } from '../records/record';
import { countOf, jsonLine, readLines, type ReadLines, stringOf, stringsOf } from './jsonLines';
import type { Reference, ReviewRecord } from './reviewData';

/** The reference that a file states. */
export function referenceOf(record: BibliographicRecord): Reference {
  const { id, start: _start, end: _end, titleStart: _titleStart, ...rest } = record;
  return { ...rest, ...(id !== undefined && { key: id }) };
}

/**
 * The records of an import. The identifier of a record is what identifies the publication, so that two reviewers who
 * import one file give its records the same identifiers. The second record with an identifier gets `#2`, and so on.
 *
 * @param source {@link ReviewRecord.source}.
 * @param taken The identifiers of the review. The new ones are added.
 */
export function reviewRecords(
  references: readonly Reference[],
  source: string,
  taken: Set<string>,
): readonly ReviewRecord[] {
  // Thousands of records may state nothing; the search for a free number goes on where it ended.
  const numbers = new Map<string, number>();
  return references.map((reference, index) => {
    const base = identityOf(reference);
    const { id, number } = freeId(base, taken, numbers.get(base) ?? 1);
    numbers.set(base, number);
    taken.add(id);
    return { ...reference, id, source, index };
  });
}

function freeId(
  base: string,
  taken: ReadonlySet<string>,
  first: number,
): { readonly id: string; readonly number: number } {
  for (let number = first; ; number++) {
    const id = number === 1 ? base : `${base}#${number}`;
    if (!taken.has(id)) return { id, number };
  }
}

/** A publication is identified by its PMID, DOI, title or key. */
function identityOf({ pmid, doi, title, authors, year, key }: Reference): string {
  if (pmid !== undefined) return `pmid:${pmid}`;
  if (doi !== undefined) return `doi:${doi}`;
  const words = title?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return `key:${key ?? 'none'}`;
  const author = authors[0]?.toLowerCase().match(/\p{L}+/u)?.[0];
  return ['title', author, year, words.join('-').slice(0, 60)].filter((part) => part !== undefined).join(':');
}

/** The fields in the order of the file. */
export function recordLine(record: ReviewRecord): string {
  const { id, source, index, title, authors, year, journal, volume, issue, pages, doi, pmid, pmcid } = record;
  const { key, keywords, types, database, abstract } = record;
  return jsonLine({
    ...{ id, source, index, title, authors, year, journal, volume, issue, pages, doi, pmid, pmcid, key },
    ...(keywords.length > 0 && { keywords }),
    ...(types.length > 0 && { types }),
    database,
    abstract,
  });
}

export function readRecordLines(text: string): ReadLines<ReviewRecord> {
  return readLines(text, (value) => {
    const { id, source } = value;
    const index = countOf(value['index']);
    if (typeof id !== 'string' || typeof source !== 'string' || index === undefined) return undefined;
    const texts = Object.fromEntries(textFields.map((field) => [field, stringOf(value[field])]));
    return {
      ...texts,
      id,
      source,
      index,
      authors: stringsOf(value['authors']),
      year: countOf(value['year']),
      keywords: stringsOf(value['keywords']),
      types: stringsOf(value['types']),
    };
  });
}

const textFields = [
  'title',
  'abstract',
  'journal',
  'volume',
  'issue',
  'pages',
  'doi',
  'pmid',
  'pmcid',
  'key',
  'database',
] as const satisfies readonly (keyof ReviewRecord)[];
