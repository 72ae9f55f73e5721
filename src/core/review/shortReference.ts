import { familyName } from '../records/record';
import type { Reference } from './reviewData';

/** The first author and the year: `Kaplan 2019`, `Kaplan et al. 2019`. Empty if the record states neither. */
export function shortReference({ authors, year }: Pick<Reference, 'authors' | 'year'>): string {
  const [first] = authors;
  const author = first === undefined ? '' : `${familyName(first)}${authors.length > 1 ? ' et al.' : ''}`;
  return [author, year === undefined ? '' : String(year)].filter((part) => part !== '').join(' ');
}
