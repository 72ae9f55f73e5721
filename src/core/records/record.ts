import type { Span } from '../types';

/** A publication, as a bibliographic file describes it. Fields that the file does not state are undefined or empty. */
export interface BibliographicRecord extends Span {
  /** PubMed identifier, citation key or another identifier that the record states. */
  readonly id?: string | undefined;
  /** The title without markup. */
  readonly title?: string | undefined;
  /** Offset in the file at which the title begins; in some exports it follows the abstract. */
  readonly titleStart?: number | undefined;
  /** The abstract without markup; spaces join its paragraphs. */
  readonly abstract?: string | undefined;
  /** As the file writes them, in its order: `Müller, Anna`, `Muller A`. */
  readonly authors: readonly string[];
  readonly year?: number | undefined;
  readonly journal?: string | undefined;
  readonly volume?: string | undefined;
  readonly issue?: string | undefined;
  readonly pages?: string | undefined;
  /** In lower case, without the address of a resolver. */
  readonly doi?: string | undefined;
  readonly pmid?: string | undefined;
  /** The identifier with its prefix: `PMC1234567`. */
  readonly pmcid?: string | undefined;
  readonly keywords: readonly string[];
  readonly types: readonly string[];
  /** The database that the record comes from. */
  readonly database?: string | undefined;
}

/**
 * The short name of a publication, `Kaplan 2019, Title`. Undefined for a record without a title: then nothing tells it
 * apart but its place.
 */
export function recordName({
  authors,
  year,
  title,
}: Pick<BibliographicRecord, 'authors' | 'year' | 'title'>): string | undefined {
  const shown = title?.replace(/(?<!\.)\.$/, '');
  if (shown === undefined) return undefined;
  const author = authors[0] === undefined ? '' : familyName(authors[0]);
  const beginning = [author, year === undefined ? '' : String(year)].filter((part) => part !== '').join(' ');
  return beginning === '' ? shown : `${beginning}, ${shown}`;
}

const yearInName = /^(?:.{0,200}? )?((?:1[5-9]|20)\d\d), /u;

/** The year in the name of a publication, as {@link recordName} writes it. Undefined if the name states none. */
export function yearOfName(name: string): number | undefined {
  const year = yearInName.exec(name)?.[1];
  return year === undefined ? undefined : Number(year);
}

/**
 * The beginning of the name of a publication, cut at a blank. Author and year stay whole, because they tell it apart.
 *
 * @example shortenedName('Kaplan 2019, Methotrexate in rheumatoid arthritis', 28) // 'Kaplan 2019, Methotrexate …'
 */
export function shortenedName(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  const reference = yearInName.exec(name)?.[0] ?? '';
  const start = name.slice(0, Math.max(maxLength, reference.length));
  const blank = start.lastIndexOf(' ');
  return `${start.slice(0, blank > maxLength / 2 ? blank : undefined)} …`;
}

const particles = new Set('von van de der den del della di da la le ten ter zu'.split(' '));
const initials = /^(?:\p{Lu}\.?-?){1,4}$/u;
const collective =
  /\b(?:Group|Collaborat\w+|Consortium|Investigators|Network|Committee|Organi[sz]ation|Team|Society)\b/;

/**
 * The family name of an author: what precedes a comma, else the words before initials (`van der Berg JA`), else the last
 * word with its particles (`Anna van Dyk`). The name of a group is left whole.
 */
export function familyName(author: string): string {
  const comma = author.indexOf(',');
  if (comma > 0) return author.slice(0, comma).trim();
  const words = author.trim().split(/\s+/);
  if (words.length === 1 || collective.test(author)) return words.join(' ');
  const lastWord = words.findLastIndex((word) => !initials.test(word));
  if (lastWord >= 0 && lastWord < words.length - 1) return words.slice(0, lastWord + 1).join(' ');
  const particle = words.findIndex((word, index) => index > 0 && particles.has(word));
  return words.slice(particle > 0 ? particle : -1).join(' ');
}
