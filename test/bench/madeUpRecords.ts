/** Made-up bibliographic records, of which some are copies as another database writes them. */
import type { IdentifiedRecord } from '../../src/core/records/identifiedRecord';
import { Random } from '../support/random';

/** Records, and for each the number of its publication. */
export interface MadeUpRecords {
  readonly records: readonly IdentifiedRecord[];
  readonly publications: readonly number[];
}

/** One of four records is a copy, as in a search in two or three databases. */
const copyShare = 4;

/** @param count Number of records, with copies. The same seed makes the same records. */
export function madeUpRecords(count: number, seed = 5): MadeUpRecords {
  const random = new Random(seed);
  const originals: { readonly record: IdentifiedRecord; readonly publication: number }[] = [];
  const records: IdentifiedRecord[] = [];
  const publications: number[] = [];
  for (let index = 0; index < count; index++) {
    const id = `r${String(index)}`;
    const isCopy = originals.length > 0 && random.oneIn(copyShare);
    const original = isCopy ? random.pick(originals) : { record: article(id, random), publication: index };
    if (!isCopy) originals.push(original);
    records.push(isCopy ? { ...copyOf(original.record, random), id } : original.record);
    publications.push(original.publication);
  }
  return { records, publications };
}

const syllables = 'ba ce di fo gu ha ki lo mu na pe ri so ta vu wi xa ye zo cra ple stri tho'.split(' ');
const journals = [
  ['Journal of Made-up Internal Medicine', 'J Made-up Intern Med'],
  ['Annals of Invented Cardiology', 'Ann Invent Cardiol'],
  ['European Review of Fictional Surgery', 'Eur Rev Fict Surg'],
  ['Archives of Imaginary Neurology', 'Arch Imag Neurol'],
] as const;

/** A word of a vocabulary of 4,000, of which some are frequent and most are rare, as in titles. */
function word(random: Random): string {
  const rank = Math.floor(4000 * random.fraction() ** 3);
  const of = (place: number): string => syllables[Math.floor(rank / 23 ** place) % 23] ?? '';
  return of(0) + of(1) + of(2);
}

function words(random: Random, count: number): string {
  return Array.from({ length: count }, () => word(random)).join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function article(id: string, random: Random): IdentifiedRecord {
  const first = random.between(1, 1900);
  const authors = Array.from({ length: random.between(1, 8) }, () => {
    return `${capital(words(random, 1))}, ${capital(words(random, 1))} ${random.pick(['A', 'B', 'C'])}.`;
  });
  return {
    id,
    title: capital(`${words(random, random.between(7, 14))}: ${words(random, random.between(2, 5))}`),
    abstract: Array.from({ length: 12 }, () => `${capital(words(random, 18))}.`).join(' '),
    authors,
    year: random.between(1995, 2025),
    journal: random.pick(journals)[0],
    volume: String(random.between(1, 90)),
    issue: String(random.between(1, 12)),
    pages: `${String(first)}-${String(first + random.between(2, 15))}`,
    doi: random.oneIn(5) ? undefined : `10.1000/made.${id}`,
    keywords: [],
    types: [],
  };
}

/** A record as a second database writes it: other forms of names and pages, and fields that it lacks or misspells. */
function copyOf(record: IdentifiedRecord, random: Random): IdentifiedRecord {
  const { title = '', pages = '', journal, abstract } = record;
  const [first = '', last = ''] = pages.split('-');
  const drop = <Value>(value: Value, oneIn: number): Value | undefined =>
    random.oneIn(oneIn) ? undefined : value;
  return {
    ...record,
    title: retyped(title, random),
    authors: record.authors.map((author) => author.replace(/, (\p{L})\S* (\p{L})\.$/u, ' $1$2')),
    journal: journals.find(([full]) => full === journal)?.[1],
    pages: drop(`${first}-${last.slice(-2)}`, 6),
    issue: drop(record.issue, 3),
    year: (record.year ?? 0) + (random.oneIn(10) ? 1 : 0),
    abstract: drop(abstract?.slice(0, random.between(300, 2000)), 4),
    doi: drop(record.doi, 2),
  };
}

function retyped(title: string, random: Random): string {
  const at = random.between(1, title.length - 2);
  const changes = [
    title.toUpperCase(),
    `${title}.`,
    `[${title}] [German]`,
    title.slice(0, at) + title.slice(at + 1),
    title.replace(/:.*/, ''),
    title,
  ];
  return random.pick(changes);
}
