/** The records of a review: `records.jsonl`. */
import type { BibliographicRecord } from '../records/record';
import { countOf, jsonLine, readLines, type ReadLines, stringOf, stringsOf } from './jsonLines';
import type { Reference, ReviewRecord } from './types';

/** The reference that a file states. */
export function referenceOf(record: BibliographicRecord): Reference {
  const { id, start: _start, end: _end, titleStart: _titleStart, ...rest } = record;
  return { ...rest, ...(id !== undefined && { key: id }) };
}

/**
 * Identifier of a record in a review: what identifies the publication, so that two reviewers who import one file give
 * its records the same identifiers. The second record with an identifier gets `#2`, and so on.
 *
 * @param isTaken Whether another record of the review has an identifier.
 */
export function recordId(reference: Reference, isTaken: (id: string) => boolean): string {
  const base = identityOf(reference);
  let id = base;
  for (let number = 2; isTaken(id); number++) id = `${base}#${number}`;
  return id;
}

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
