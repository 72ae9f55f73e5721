import { annotationOf } from './decisionNotes';
import type { ExportedRecord } from './exportedRecord';
import { listField, markupLike, oneLine, personName } from './exportedText';
import { publicationKind, type PublicationKind } from './publicationKind';

const cslTypes: Readonly<Record<PublicationKind, string>> = {
  article: 'article-journal',
  book: 'book',
  chapter: 'chapter',
  conference: 'paper-conference',
  thesis: 'thesis',
  report: 'report',
  preprint: 'article',
  other: 'document',
};

/**
 * Writes records as CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html), which Pandoc, Quarto and Zotero
 * read. What looks like a tag or a character reference is written with JSON escapes, so that it is read back as it was.
 */
export function writeCslJson(records: readonly ExportedRecord[]): string {
  const json = JSON.stringify(records.map(cslItem), undefined, 2);
  return `${json.replace(markupLike, (sign) => (sign === '&' ? '\\u0026' : '\\u003c'))}\n`;
}

function cslItem(exported: ExportedRecord): Readonly<Record<string, unknown>> {
  const { record, key } = exported;
  const text = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : oneLine(value);
  return {
    id: key,
    type: cslTypes[publicationKind(record)],
    title: text(record.title),
    author: record.authors.length === 0 ? undefined : record.authors.map(personName),
    issued: record.year === undefined ? undefined : { 'date-parts': [[record.year]] },
    'container-title': text(record.journal),
    volume: text(record.volume),
    issue: text(record.issue),
    page: text(record.pages),
    DOI: record.doi,
    PMID: record.pmid,
    PMCID: record.pmcid,
    keyword: record.keywords.length === 0 ? undefined : listField(record.keywords),
    abstract: text(record.abstract),
    annote: annotationOf(exported),
  };
}
