/** From the text of an imported file to the references that it states. */
import { formatNames } from '../documents/formatNames';
import { publicationFormats } from '../records/published';
import { eachRecord } from '../records/readRecords';
import type { BibliographicRecord } from '../records/record';
import type { DocumentFormat } from '../types';
import { documentReference } from './documentReference';
import { type ImportedDecision, importedDecisions } from './importedDecisions';
import { referenceOf } from './records';
import type { Reference } from './reviewData';

/** The summary of a file, for the person who decides whether to import it. */
export interface ImportSummary {
  /** The format in words: `RIS`, `PubMed (nbib)`. */
  readonly format: string;
  readonly records: number;
  readonly withAbstract: number;
  readonly withDoi: number;
  readonly withPmid: number;
  readonly withoutTitle: number;
  /** Lines, counted from 1, at which entries begin that state nothing of a publication. They are not imported. */
  readonly unreadLines: readonly number[];
}

export interface ImportedFile {
  readonly references: readonly Reference[];
  /** Decisions about them of another screening program. The index is that of the reference. */
  readonly decisions: readonly ImportedDecision[];
  readonly summary: ImportSummary;
}

/** Whether files of a format hold records. A file in any other format, such as a paper, is one publication. */
export function holdsRecords(format: DocumentFormat): boolean {
  return format !== 'paper' && (publicationFormats as readonly DocumentFormat[]).includes(format);
}

/**
 * Reads the references of a file.
 *
 * @param fileName Names the publication if the text of a paper has no title.
 * @example
 * readImport('TY  - JOUR\nTI  - Niacin in gout\nER  - ', 'ris', 'embase.ris').summary.records; // 1
 */
export function readImport(text: string, format: DocumentFormat, fileName: string): ImportedFile {
  if (!holdsRecords(format)) {
    // A scanned paper has no text, but it is a publication with a name. JSON of other programs holds no publication.
    const isNone = format !== 'paper' && (text.trim() === '' || /^\uFEFF?\s*[[{]\s*["{[]/.test(text));
    const references = isNone ? [] : [documentReference(text, format, fileName)];
    return { references, decisions: [], summary: summaryOf(references, format, isNone ? [1] : []) };
  }
  const references: Reference[] = [];
  const decisions: ImportedDecision[] = [];
  const unread: number[] = [];
  const stated = new Map(importedDecisions(text, format).map((each) => [each.index, each]));
  let place = 0;
  for (const record of eachRecord(text, format)) {
    const decision = stated.get(place++);
    if (!statesPublication(record)) {
      unread.push(record.start);
      continue;
    }
    if (decision) decisions.push({ ...decision, index: references.length });
    references.push(referenceOf(record));
  }
  return { references, decisions, summary: summaryOf(references, format, lineNumbers(text, unread)) };
}

export function summaryOf(
  references: readonly Reference[],
  format: DocumentFormat,
  unreadLines: readonly number[] = [],
): ImportSummary {
  const count = (field: 'abstract' | 'doi' | 'pmid' | 'title'): number =>
    references.filter((reference) => reference[field] !== undefined).length;
  return {
    format: formatNames[format],
    records: references.length,
    withAbstract: count('abstract'),
    withDoi: count('doi'),
    withPmid: count('pmid'),
    withoutTitle: references.length - count('title'),
    unreadLines,
  };
}

/** A title or an identifier is enough; authors alone may be the head of a list. */
function statesPublication({
  title,
  abstract,
  doi,
  pmid,
  pmcid,
  authors,
  year,
}: BibliographicRecord): boolean {
  const isNamed = [title, abstract, doi, pmid, pmcid].some((value) => value !== undefined);
  return isNamed || (authors.length > 0 && year !== undefined);
}

/** @param offsets In ascending order. */
function lineNumbers(text: string, offsets: readonly number[]): readonly number[] {
  let line = 1;
  let from = 0;
  return offsets.map((offset) => {
    for (let at = text.indexOf('\n', from); at >= 0 && at < offset; at = text.indexOf('\n', from)) {
      line += 1;
      from = at + 1;
    }
    return line;
  });
}
