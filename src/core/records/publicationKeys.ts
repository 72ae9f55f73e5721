/** Tells whether a place in a document belongs to a publication that a record describes. */
import type { TextPassage } from '../types';
import { recordName } from './record';

/** The name and the identifier that a document states for the publication of a place. */
export type StatedPublication = Pick<TextPassage, 'publication' | 'citation'>;

/** The fields of a record that identify its publication. */
export interface IdentifiedRecord {
  readonly title?: string | undefined;
  readonly authors: readonly string[];
  readonly year?: number | undefined;
  readonly doi?: string | undefined;
  readonly pmid?: string | undefined;
  readonly pmcid?: string | undefined;
  /** Citation key or identifier in the file that the record comes from. */
  readonly key?: string | undefined;
}

/** Number of letters and digits from which a title alone identifies a publication; many are called _Editorial_. */
const tellingTitle = 25;

/** The text before the title in the name of a publication: `Kaplan 2019, `. */
const beforeTitle = /^.{0,200}? (?:1[5-9]|20)\d\d, /u;

/**
 * The keys of the publication at a place. It is the publication of a record if they have a key in common: an identifier,
 * the name, or a long title. A PDF file tells no more than its title, and databases differ in the year and in how they
 * write the authors. A citation key counts only without a name, because two files may give one key to two publications.
 *
 * @example
 * const known = new Set(keysOfRecord({ title: 'Aspirin and gout', authors: ['Kaplan, Ann'], year: 2019, pmid: '1' }));
 * keysOfPlace({ citation: '1', publication: undefined }).some((key) => known.has(key)); // true
 */
export function keysOfPlace({ publication, citation }: StatedPublication): readonly string[] {
  const name = lettersOf(publication ?? '');
  const titles = [publication ?? '', publication?.replace(beforeTitle, '') ?? ''];
  return [
    ...(citation === undefined ? [] : [`id ${citation.toLowerCase()}`]),
    ...(name === '' ? [] : [`name ${name}`]),
    ...new Set(titles.flatMap(titleKey)),
    ...(citation === undefined || name !== '' ? [] : [`key ${citation}`]),
  ];
}

/** Publications by their keys, as {@link keysOfRecord} gives them. */
export interface KeyedPublications {
  readonly keys?: readonly string[] | undefined;
  /** Keys of other publications that share a key with one of these, such as the abstract of a congress and its article. */
  readonly others?: readonly string[] | undefined;
}

/**
 * Returns a function that tells by the keys of a place whether it is of one of some publications. The first key that is
 * known decides, because an identifier tells apart what a title does not.
 */
export function publicationTest({
  keys = [],
  others = [],
}: KeyedPublications): (keysOfPlace: readonly string[]) => boolean {
  const wanted = new Set(keys);
  const unwanted = new Set(others);
  return (stated) => {
    const first = stated.find((key) => wanted.has(key) || unwanted.has(key));
    return first !== undefined && !unwanted.has(first);
  };
}

/** The keys of a record: see {@link keysOfPlace}. */
export function keysOfRecord(record: IdentifiedRecord): readonly string[] {
  const { title = '', doi, pmid, pmcid, key } = record;
  const identifiers = [pmid, pmcid, doi].flatMap((id) =>
    id === undefined ? [] : [`id ${id.toLowerCase()}`],
  );
  const name = lettersOf(recordName(record) ?? '');
  return [
    ...identifiers,
    ...(name === '' ? [] : [`name ${name}`]),
    ...titleKey(title),
    ...(key === undefined ? [] : [`key ${key}`]),
  ];
}

function titleKey(title: string): readonly string[] {
  const letters = lettersOf(title);
  return letters.length < tellingTitle ? [] : [`title ${letters}`];
}

const isAscii = /^[\0-\x7f]*$/;

/** The letters and digits of a text: databases differ in punctuation, hyphens and accents. */
export function lettersOf(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
  const letters = text
    .normalize('NFKD')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return letters?.join('') ?? '';
}
