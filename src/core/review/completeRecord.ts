import type { Reference } from './reviewData';

/** The place in a journal. It is taken as a whole from a record of the same volume. */
const placeFields = ['volume', 'issue', 'pages'] as const satisfies readonly (keyof Reference)[];

const fields = [
  ...(['title', 'abstract', 'authors', 'year', 'journal', 'doi', 'pmid', 'pmcid'] as const),
  ...(['keywords', 'types'] as const),
] as const satisfies readonly (keyof Reference)[];

/**
 * Fills what a record does not state from other records of the same publication, the first ones first. What it states stays:
 * databases differ, and a person may have chosen this record.
 *
 * @example
 * completedFrom({ ...kaplan, year: 2019 }, [{ ...kaplan, year: 2018, pmid: '11' }]); // year: 2019, pmid: '11'
 */
export function completedFrom<R extends Reference>(record: R, copies: readonly Reference[]): R {
  return copies.reduce<R>((known, copy) => {
    const { volume } = known;
    const isSameVolume = volume === undefined || copy.volume === undefined || volume === copy.volume;
    const names = isSameVolume ? [...fields, ...placeFields] : fields;
    const missing = names.filter((name) => isMissing(known[name]) && !isMissing(copy[name]));
    if (missing.length === 0) return known;
    return { ...known, ...Object.fromEntries(missing.map((name) => [name, copy[name]])) };
  }, record);
}

function isMissing(value: string | number | readonly string[] | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
