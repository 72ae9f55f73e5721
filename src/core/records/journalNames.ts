import { foldedWords } from './foldedWords';

const fillers = new Set(
  'the of and for in on a an de la le des du et der die das und fur y e del di da official journal journals j jour'.split(
    ' ',
  ),
);

/** The words of a journal that can be compared, without `the`, its subtitle and its place. */
export interface JournalForm {
  readonly words: readonly string[];
  /** All initials, so that `JAMA` is found to be the journal of the same name. */
  readonly initials: string;
  readonly letters: string;
}

export function journalForm(journal: string): JournalForm {
  // `Circulation. Conference: American Heart …` is how Embase names a supplement of Circulation.
  const main = journal.replace(/\.?\s*Conference:.*$/is, '').replace(/\([^()]*\)/g, ' ');
  const all = foldedWords(main.trim() === '' ? journal : main);
  const words = all.filter((word) => !fillers.has(word));
  const initials = all
    .filter((word) => !fillers.has(word) || /^j/.test(word))
    .map((word) => word.charAt(0))
    .join('');
  return { words: words.length === 0 ? all : words, initials, letters: all.join('') };
}

/**
 * Compares two names of journals. They are the same if each word of one abbreviates a word of the other, in order (`Vet
 * Intern Med`, `veterinary internal medicine`), or if one is made of the initials of the other. ISO 4 abbreviates in this
 * way. Undefined: the longer name goes on, with a subtitle of the journal or with the name of another journal (`European
 * Heart Journal Supplements`).
 */
export function isSameJournal(a: JournalForm, b: JournalForm): boolean | undefined {
  if (a.letters === b.letters) return true;
  const [short, long] = a.words.length <= b.words.length ? [a, b] : [b, a];
  if (isAcronym(short, long)) return true;
  const end = placeAfter(short.words, long.words);
  if (end < 0) return false;
  if (end === long.words.length) return true;
  return short.words.length >= 2 ? undefined : false;
}

/** Whether one name is the acronym of the other: `BMJ`, `JAMA`, `PNAS`. */
function isAcronym(short: JournalForm, long: JournalForm): boolean {
  const [word = ''] = short.words;
  if (short.words.length !== 1 || word.length < 3 || long.words.length < 2) return false;
  return long.initials.startsWith(word) || long.initials.slice(1).startsWith(word);
}

/** The place in `long` after the words that `short` abbreviates; -1 if it does not. */
function placeAfter(short: readonly string[], long: readonly string[]): number {
  let at = 0;
  for (const word of short) {
    // Only the first word must stand first: an abbreviation may leave out others.
    const limit = at === 0 ? 1 : long.length;
    let found = -1;
    for (let index = at; index < limit && found < 0; index++) {
      const other = long[index] ?? '';
      if (isAbbreviation(word, other) || isAbbreviation(other, word)) found = index;
    }
    if (found < 0) return -1;
    at = found + 1;
  }
  return at;
}

/** Whether the letters of a word stand in another one in order, and begin it: `natl` abbreviates `national`. */
function isAbbreviation(short: string, long: string): boolean {
  if (long.startsWith(short)) return true;
  if (short.length < 3 || short.charAt(0) !== long.charAt(0)) return false;
  let at = 0;
  for (const letter of short) {
    at = long.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
