import { decodedReferences } from '../documents/references';
import { foldedText, foldedWords } from './foldedWords';
import type { IdentifiedRecord } from './identifiedRecord';
import { type JournalForm, journalForm } from './journalNames';
import { familyName } from './record';
import { shingles } from './textOverlap';
import { type TitleForm, titleForm } from './titleForms';

/** First and last page without leading zeros; an article number is a first page. */
export interface PageForm {
  readonly first: string;
  readonly last: string | undefined;
}

/** A record in the forms that two records are compared in. */
export interface ComparableRecord {
  readonly id: string;
  readonly title: TitleForm | undefined;
  /** All words of the names of authors that are longer than initials. */
  readonly authors: ReadonlySet<string>;
  /** The longest word of the first author's family name. */
  readonly firstAuthor: string | undefined;
  readonly year: number | undefined;
  readonly journal: JournalForm | undefined;
  readonly volume: string | undefined;
  readonly issue: string | undefined;
  readonly pages: PageForm | undefined;
  /** The beginning of the abstract, as {@link shingles}. */
  readonly abstract: Uint32Array | undefined;
  readonly doi: string | undefined;
  readonly pmid: string | undefined;
  readonly isCorrection: boolean;
}

/** Characters of an abstract that are compared, about 110 words. */
const abstractLength = 750;

/** Characters of a title that are compared. */
const titleLength = 1000;

export function comparableRecord(record: IdentifiedRecord): ComparableRecord {
  const { id, title, authors, year, journal, volume, issue, pages, abstract, doi, pmid, types } = record;
  return {
    id,
    title: isMissing(title) ? undefined : titleForm(title.slice(0, titleLength)),
    authors: new Set(authors.flatMap(foldedWords).filter((word) => word.length > 2)),
    firstAuthor: firstAuthorOf(authors),
    year,
    journal: isMissing(journal) ? undefined : journalForm(journal),
    volume: isMissing(volume) ? undefined : volumeForm(volume),
    issue: isMissing(issue) ? undefined : foldedWords(issue).join(' '),
    pages: isMissing(pages) ? undefined : pageForm(pages),
    abstract: isMissing(abstract) ? undefined : shingles(foldedWords(abstract.slice(0, abstractLength))),
    doi: isMissing(doi) ? undefined : doiForm(doi),
    pmid: isMissing(pmid) ? undefined : pmid.replace(/\D+/g, '').replace(/^0+/, ''),
    isCorrection: types.some((type) => /erratum|corrigendum|correction|retraction of/i.test(type)),
  };
}

function isMissing(value: string | undefined): value is undefined {
  return value === undefined || !/[\p{L}\p{N}]/u.test(value);
}

/** Libraries that lost the line breaks between authors still begin with the family name. */
function firstAuthorOf([first]: readonly string[]): string | undefined {
  if (first === undefined) return undefined;
  const names = first.length > 60 ? [] : foldedWords(familyName(first)).filter((word) => word.length > 2);
  const words = names.length > 0 ? names : foldedWords(first).slice(0, 2);
  return words.reduce<string | undefined>(
    (longest, word) => (word.length > (longest?.length ?? 0) ? word : longest),
    undefined,
  );
}

/** A DOI of the form of SICI that a program cut at its `<`: it names a volume. */
const cutSici = /\(\d{4,6}\)\d+(?::\d+)?$/;

/**
 * A DOI without the address of a resolver, escapes and the part of a page of a publisher (`/full`, `/pdf`). DOIs do not
 * differ by case (DOI Handbook, section 2.4). Undefined for what names no single article.
 */
export function doiForm(doi: string): string | undefined {
  const decoded = decodedReferences(doi).replace(/(?:%[\da-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
  const found = /10\.\d{4,9}\/\S+/.exec(decoded.toLowerCase())?.[0];
  const bare = found?.replace(/(?:\/(?:full|pdf|abstract|epdf|meta))?[.,;/]*$/, '');
  return bare === undefined || cutSici.test(bare) ? undefined : bare;
}

/** `38 (Supplement 1)` → `38`; `2)`, the end of a volume that was cut, is no volume. */
function volumeForm(volume: string): string | undefined {
  const folded = foldedText(volume).trim();
  if (/^[^(]*\)/.test(folded)) return undefined;
  const number = /\d+/.exec(folded)?.[0];
  return number === undefined ? foldedWords(folded).join('') : String(Number(number));
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * The first and the last page: `1032-8` and `pp. 1032–1038` are the same. Spreadsheets turn the pages `1-10` into the
 * date `01-Oct`.
 */
export function pageForm(pages: string): PageForm | undefined {
  const folded = foldedText(pages)
    .replace(/\(?no pagination\)?|\bpp?\.?(?=\s|\d)|\bpages?\b/g, ' ')
    .replace(/\([^()]*\)/g, ' ');
  const [first, second] = (folded.match(/[a-z]*\d+[a-z]?\d*|\b[a-z]{3,}\b/g) ?? []).map(pageNumber);
  if (first === undefined || !/\d/.test(first)) return undefined;
  const month = months.indexOf(second?.slice(0, 3) ?? '');
  const last = month >= 0 && !/\d/.test(second ?? '') ? String(month + 1) : second;
  return { first, last: last === undefined || !/\d/.test(last) ? undefined : completed(first, last) };
}

function pageNumber(page: string): string {
  return page.replace(/^([a-z]*)0+(?=\d)/, '$1');
}

/** Adds the digits that `1032-8` leaves out. */
function completed(first: string, last: string): string {
  const isShort = /^\d+$/.test(last) && last.length < first.length;
  return isShort ? first.slice(0, first.length - last.length) + last : last;
}
