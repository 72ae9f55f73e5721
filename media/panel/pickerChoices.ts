/** The choices of a box in which the reader types to choose from many. Without side effects. */
import { nameRank } from './nameRank';

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
 * The choices that a typed text may mean: first those of which it is a name, then those with a name that begins with it.
 * Otherwise the order stays.
 *
 * @param text Empty for all.
 */
export function choicesFor(all: readonly PickerChoice[], text: string): readonly PickerChoice[] {
  const typed = text.trim().toLowerCase();
  const words = typed.split(/\s+/).filter(Boolean);
  const found = all.filter(({ searchText }) => words.every((word) => searchText.includes(word)));
  if (typed === '') return found.slice(0, maxChoices);
  const rank = ({ searchText }: PickerChoice): number => nameRank(searchText, typed) ?? 2;
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, maxChoices);
}
