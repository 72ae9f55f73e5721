import { bibtex } from '../documents/bibtex';
import { endnoteTagged } from '../documents/endnoteTagged';
import { htmlFields, isHtmlPage } from '../documents/htmlMeta';
import { cord19, cslJson } from '../documents/jsonRecords';
import { medline } from '../documents/medline';
import { paperTitle } from '../documents/paper';
import { pubmedText } from '../documents/pubmedText';
import { fieldText, type FieldKind, type RecordSyntax, type SourceField } from '../documents/recordSyntax';
import { decodedReferences } from '../documents/references';
import { ris } from '../documents/ris';
import { table } from '../documents/table';
import { wos } from '../documents/wos';
import { proseOfXml } from '../documents/xmlField';
import { cutXmlRecords, xmlFields, xmlRecords } from '../documents/xmlRecords';
import { vocabularyHead, vocabularyOf } from '../documents/xmlVocabularies';
import type { DocumentFormat, PublicationPlace } from '../types';
import type { PublicationFormat } from './published';
import { type BibliographicRecord, familyName, recordName } from './record';

/**
 * PubMed XML, JATS and HTML pages. Their prose is read by the parser of JATS; this gives the metadata of their records.
 */
const articles: RecordSyntax = {
  cut(text) {
    const head = text.slice(0, vocabularyHead);
    if (isHtmlPage(head)) return [{ start: 0, end: text.length, context: 'html' }];
    const name = vocabularyOf(head) ?? 'jats';
    return cutXmlRecords(text, name).map(({ start, end }) => {
      const body = name === 'jats' ? text.indexOf('<body', start) : -1;
      return { start, end: body < 0 ? end : Math.min(body, end), context: name };
    });
  },
  fields: (source, context) =>
    context === 'html' ? htmlFields(source) : xmlFields(source, context === 'pubmed' ? 'pubmed' : 'jats'),
  read: proseOfXml,
};

/** A paper is one publication, of which only the title is known. */
const paper: RecordSyntax = {
  cut: (text) => [{ start: 0, end: text.length, context: '' }],
  *fields(source) {
    const title = paperTitle(source);
    if (title) yield { kind: 'title', parts: [title] };
  },
  read(segments, _source, { start, end }) {
    segments.builder.prose(start, end);
  },
};

const publications: Readonly<Record<PublicationFormat, RecordSyntax>> = {
  bibtex,
  medline,
  'pubmed-text': pubmedText,
  ris,
  wos,
  endnote: endnoteTagged,
  table,
  'csl-json': cslJson,
  cord19,
  'xml-records': xmlRecords,
  jats: articles,
  paper,
};

const syntaxes: Readonly<Partial<Record<DocumentFormat, RecordSyntax>>> = publications;

/**
 * Offsets at which the publications of a file begin, as in {@link readRecords}. It is faster because it reads no fields.
 */
export function recordStarts(text: string, format: DocumentFormat): readonly number[] {
  const cuts = syntaxes[format]?.cut(text) ?? [];
  return [0, ...cuts.slice(1).map(({ start }) => start)];
}

/**
 * Reads the publications of a bibliographic file. Together they cover the file: text before the first record belongs to
 * it, and text between two records to the one before. A file in another format, or without a record, is one record that
 * covers the whole file.
 */
export function readRecords(text: string, format: DocumentFormat): readonly BibliographicRecord[] {
  return Array.from(eachRecord(text, format));
}

/** As {@link readRecords}, one record after the other. */
export function* eachRecord(text: string, format: DocumentFormat): Generator<BibliographicRecord> {
  yield* eachPlace(text, format, recordOf);
}

/**
 * The places of the publications in a document, as in {@link readRecords}, with their names and identifiers alone, which
 * is several times faster.
 */
export function publicationsIn(text: string, format: DocumentFormat): readonly PublicationPlace[] {
  return Array.from(eachPublication(text, format));
}

/** As {@link publicationsIn}, one place after the other. */
export function* eachPublication(text: string, format: DocumentFormat): Generator<PublicationPlace> {
  yield* eachPlace(text, format, headOf);
}

function* eachPlace<Fields>(
  text: string,
  format: DocumentFormat,
  read: (record: RecordSource) => Fields,
): Generator<Fields & Pick<BibliographicRecord, 'start' | 'end'>> {
  const syntax = syntaxes[format];
  const cuts = syntax?.cut(text) ?? [];
  if (!syntax || cuts.length === 0) {
    yield { start: 0, end: text.length, ...read({ source: '', offset: 0, fields: [], textOf: () => '' }) };
    return;
  }
  for (const [index, { start, end, context }] of cuts.entries()) {
    const source = text.slice(start, end);
    const fields = [...syntax.fields(source, context)];
    const textOf = (field: SourceField): string => fieldText(source, field, context, syntax);
    const place = { start: index === 0 ? 0 : start, end: cuts[index + 1]?.start ?? text.length };
    yield { ...place, ...read({ source, offset: start, fields, textOf }) };
  }
}

interface RecordSource {
  readonly source: string;
  /** Offset of the source in the file. */
  readonly offset: number;
  readonly fields: readonly SourceField[];
  readonly textOf: (field: SourceField) => string;
}

function textsOf({ fields, textOf }: RecordSource, kind: FieldKind): string[] {
  return fields
    .filter((field) => field.kind === kind)
    .map(textOf)
    .filter((text) => text !== '');
}

/** The values of fields that have no markup. */
function valuesOf({ fields, source }: RecordSource, kind: FieldKind): string[] {
  return fields
    .filter((field) => field.kind === kind)
    .map(({ parts }) => parts.map(({ start, end }) => source.slice(start, end).trim()).join(' '))
    .filter((text) => text !== '');
}

function headOf(record: RecordSource): Omit<PublicationPlace, 'start' | 'end'> {
  const firstText = (kind: FieldKind): string[] => {
    const field = record.fields.find((each) => each.kind === kind);
    return field ? [record.textOf(field)].filter((text) => text !== '') : [];
  };
  const [title] = firstText('title');
  const name = recordName({
    title,
    authors: authorsOf(firstText('author')),
    year: yearIn(valuesOf(record, 'date')),
  });
  return { name, id: identifierOf(record), titleStart: titleStartOf(record) };
}

function identifierOf(record: RecordSource): string | undefined {
  const [key] = valuesOf(record, 'key');
  return key ?? pmidOf(record) ?? pmcidOf(record) ?? valuesOf(record, 'id')[0] ?? doiOf(record);
}

function pmidOf(record: RecordSource): string | undefined {
  return valuesOf(record, 'pmid').find((value) => /^\d{1,9}$/.test(value));
}

function pmcidOf(record: RecordSource): string | undefined {
  return valuesOf(record, 'pmcid')
    .map(pmcidIn)
    .find((value) => value !== undefined);
}

function doiOf(record: RecordSource): string | undefined {
  return [...valuesOf(record, 'doi'), ...valuesOf(record, 'url')]
    .map(doiIn)
    .find((value) => value !== undefined);
}

/** Addresses of a record in PubMed, and of a paper in PubMed Central, as reference managers keep them. */
const pubmedAddress =
  /\/\/(?:pubmed\.ncbi\.nlm\.nih\.gov\/|(?:www\.)?ncbi\.nlm\.nih\.gov\/pubmed\/)(\d{1,9})(?!\d)/;
const pmcAddress =
  /\/\/(?:pmc\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov\/pmc)\/articles\/(PMC\d{3,9})(?!\d)/;

/** The identifier in an address, for formats such as RIS that have no field for it. */
function inAddress(record: RecordSource, address: RegExp): string | undefined {
  return valuesOf(record, 'url')
    .map((value) => address.exec(value)?.[1])
    .find((value) => value !== undefined);
}

function titleStartOf({ fields, offset }: RecordSource): number | undefined {
  const start = fields.find(({ kind }) => kind === 'title')?.parts[0]?.start;
  return start === undefined ? undefined : offset + start;
}

function recordOf(record: RecordSource): Omit<BibliographicRecord, 'start' | 'end'> {
  const texts = (kind: FieldKind): string[] => textsOf(record, kind);
  const values = (kind: FieldKind): string[] => valuesOf(record, kind);
  return {
    id: identifierOf(record),
    title: texts('title')[0],
    titleStart: titleStartOf(record),
    abstract: joined(texts('abstract')),
    authors: authorsOf(texts('author')),
    year: yearIn(values('date')),
    journal: texts('journal')[0],
    volume: texts('volume')[0],
    issue: texts('issue')[0],
    pages: pagesOf(values('pages')),
    doi: doiOf(record),
    pmid: pmidOf(record) ?? inAddress(record, pubmedAddress),
    pmcid: pmcidOf(record) ?? inAddress(record, pmcAddress),
    keywords: texts('keyword'),
    types: texts('type'),
    database: texts('database')[0],
  };
}

function joined(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : texts.join(' ');
}

function authorsOf(values: readonly string[]): string[] {
  const names = values.flatMap((value) =>
    /;|\sand\s/.test(value)
      ? value.split(/\s*;\s*|\s+and\s+/)
      : /^[^,]+\s\p{Lu}{1,4}(?:,\s[^,]+\s\p{Lu}{1,4})+\.?$/u.test(value)
        ? value.split(/,\s*/)
        : [value],
  );
  const trimmed = names.map((name) => name.trim()).filter((name) => /\p{L}/u.test(name));
  return trimmed.filter((name, index) => !isShortOf(name, trimmed[index - 1]));
}

/** Whether a name repeats the one before it with initials: MEDLINE writes `FAU - Iron, Carl` and `AU  - Iron C`. */
function isShortOf(name: string, before: string | undefined): boolean {
  return before?.includes(',') === true && !name.includes(',') && familyName(name) === familyName(before);
}

function yearIn(dates: readonly string[]): number | undefined {
  for (const date of dates) {
    const year = /(?<!\d)(?:1[5-9]|20)\d\d(?!\d)/.exec(date)?.[0];
    if (year !== undefined) return Number(year);
  }
  return undefined;
}

/** DOIs of the form of SICI have angle brackets in them: `10.1002/(SICI)1097-0142(19990401)85:7<1585::AID-CNCR21>3.0.CO;2-G`. */
const doi = /10\.\d{1,9}\/(?:[^\s"<>]|<\d{1,9}:[^\s"<>]{1,40}>)+/;

function doiIn(value: string): string | undefined {
  const decoded = decodedReferences(decodedReferences(value));
  const found = doi.exec(decoded.replace(/\s*\[doi\]$/, ''))?.[0];
  return found?.replace(/[.,;]+$/, '').toLowerCase();
}

function pmcidIn(value: string): string | undefined {
  const digits = /(?:PMC)?(\d{3,9})/i.exec(value)?.[1];
  return digits === undefined ? undefined : `PMC${digits}`;
}

/** RIS and Web of Science state the first and the last page in two fields; BibTeX writes `--` between them. */
function pagesOf(values: readonly string[]): string | undefined {
  const [first, last] = values.map((value) => value.replace(/--+/g, '-'));
  return first === undefined || last === undefined || first === last ? first : `${first}-${last}`;
}
