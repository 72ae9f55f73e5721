import { BioBertError, errorCodes } from '../../core/errors';

const pmid = /^[1-9]\d{0,8}$/u;

/**
 * Reads a list of PubMed identifiers as people write it: divided by spaces, commas, semicolons or line breaks, each
 * with or without `PMID:`.
 *
 * @returns each identifier once, in order, and the words that are no identifiers.
 * @example readPmids('PMID: 12, 0013\n12 x') // { pmids: ['12', '13'], invalid: ['x'] }
 */
export function readPmids(text: string): {
  readonly pmids: readonly string[];
  readonly invalid: readonly string[];
} {
  const words = text.split(/[\s,;]+/u).map((word) => word.replace(/^PMID:?/iu, ''));
  const ids = words.filter((word) => word !== '').map((word) => word.replace(/^0+(?=\d)/u, ''));
  const isPmid = (word: string): boolean => pmid.test(word);
  return { pmids: [...new Set(ids.filter(isPmid))], invalid: [...new Set(ids.filter((id) => !isPmid(id)))] };
}

/** Returns each identifier once. @throws {BioBertError} ARGUMENT_INVALID if one is not valid, or if there are none. */
export function checkedPmids(pmids: readonly string[]): readonly string[] {
  const invalid = pmids.find((id) => !pmid.test(id));
  if (pmids.length > 0 && invalid === undefined) return [...new Set(pmids)];
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    invalid === undefined
      ? 'The list has no PubMed identifier.'
      : `${JSON.stringify(invalid.slice(0, 40))} is no PubMed identifier.`,
    'Write PubMed identifiers as numbers of up to nine digits.',
  );
}

/** @throws {BioBertError} ARGUMENT_INVALID */
export function checkedSearch(search: string): string {
  const text = search.replace(/\s+/gu, ' ').trim();
  if (text !== '') return text;
  throw new BioBertError(errorCodes.ARGUMENT_INVALID, 'The search is empty.', 'Write what to search for.');
}
