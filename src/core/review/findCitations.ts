/** A record that can be cited. */
export interface Citation {
  readonly key: string;
  /** `Kaplan 2019` */
  readonly label: string;
  readonly title: string;
  readonly journal: string;
}

export interface OfferedCitation extends Citation {
  /** Whether the review includes the record, which puts it before others. */
  readonly isIncluded: boolean;
}

/**
 * The citations that match what was typed, the best first: the beginning of the key or of an author, then the beginning
 * of a word in the title, then any part. Everything matches an empty text.
 *
 * @param all In the order in which equally good ones are offered.
 */
export function findCitations(
  all: readonly OfferedCitation[],
  typed: string,
  limit: number,
): readonly OfferedCitation[] {
  const wanted = typed.toLowerCase();
  return all
    .map((citation) => ({ citation, rank: rankOf(citation, wanted) }))
    .filter(({ rank }) => rank < noMatch)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ citation }) => citation);
}

const noMatch = 8;

function rankOf({ key, label, title, isIncluded }: OfferedCitation, wanted: string): number {
  const texts = [key, label, title].map((text) => text.toLowerCase());
  const [typedKey = '', name = '', words = ''] = texts;
  const isWordStart = ` ${words}`.includes(` ${wanted}`);
  const match =
    typedKey.startsWith(wanted) || name.startsWith(wanted)
      ? 0
      : isWordStart
        ? 2
        : texts.some((text) => text.includes(wanted))
          ? 4
          : noMatch;
  return match === noMatch || isIncluded ? match : match + 1;
}
