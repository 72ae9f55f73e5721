/** The choices of a box in which the reader types to choose from many. Without side effects. */

export interface PickerChoice {
  readonly value: string;
  readonly label: string;
  /** A word that tells apart equal labels. Default: none. */
  readonly note?: string | undefined;
  /** Number of relations with this choice. */
  readonly count: number;
  /** The names that the typed text is compared with, in lower case, one a line. */
  readonly searchText: string;
}

/** Maximum number of choices on display: a reader types another letter rather than read more. */
export const maxChoices = 50;

/**
 * The choices that a typed text may mean: those with a name that begins with it come first. Otherwise the order stays.
 *
 * @param text Empty for all.
 */
export function choicesFor(all: readonly PickerChoice[], text: string): readonly PickerChoice[] {
  const typed = text.trim().toLowerCase();
  const words = typed.split(/\s+/).filter(Boolean);
  const found = all.filter(({ searchText }) => words.every((word) => searchText.includes(word)));
  const begins = ({ searchText }: PickerChoice): boolean => `\n${searchText}`.includes(`\n${typed}`);
  const sorted = typed === '' ? found : [...found.filter(begins), ...found.filter((each) => !begins(each))];
  return sorted.slice(0, maxChoices);
}
