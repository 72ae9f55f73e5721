import { type BibliographicRecord, familyName } from './record';

/** The first author and the year: `Kaplan 2019`, `Kaplan et al. 2019`. Empty if the record states neither. */
export function shortReference({ authors, year }: Pick<BibliographicRecord, 'authors' | 'year'>): string {
  const [first] = authors;
  const author = first === undefined ? '' : `${familyName(first)}${authors.length > 1 ? ' et al.' : ''}`;
  return [author, year === undefined ? '' : String(year)].filter((part) => part !== '').join(' ');
}
