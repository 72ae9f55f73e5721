import { foldedText } from '../records/foldedWords';

/** A record that can be cited. */
export interface Citation {
  readonly key: string;
  /** `Kaplan 2019` */
  readonly label: string;
  /** The family names of all authors. */
  readonly authors: readonly string[];
  readonly title: string;
  readonly journal: string;
}

export interface OfferedCitation extends Citation {
  /** Whether the review includes the record, which puts it before others. */
  readonly isIncluded: boolean;
}

/**
 * The citations that match what was typed, the best first: the beginning of the key or of the first author, then the
 * beginning of another author or of a word in the title, then any part. Everything matches an empty text; case and accents
 * make no difference.
 *
 * @param all In the order in which equally good ones are offered.
 */
export function findCitations(
  all: readonly OfferedCitation[],
  typed: string,
  limit: number,
): readonly OfferedCitation[] {
  const wanted = foldedText(typed);
  return all
    .map((citation) => ({ citation, rank: rankOf(citation, wanted) }))
    .filter(({ rank }) => rank < noMatch)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ citation }) => citation);
}

const noMatch = 8;

function rankOf({ key, label, authors, title, isIncluded }: OfferedCitation, wanted: string): number {
  const [typedKey = '', name = ''] = [key, label].map(foldedText);
  const words = foldedText([...authors, title].join(' '));
  const match =
    typedKey.startsWith(wanted) || name.startsWith(wanted)
      ? 0
      : ` ${words}`.includes(` ${wanted}`)
        ? 2
        : [typedKey, name, words].some((text) => text.includes(wanted))
          ? 4
          : noMatch;
  return match === noMatch || isIncluded ? match : match + 1;
}
