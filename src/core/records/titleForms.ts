import { foldedText, foldedWords } from './foldedWords';
import { bigrams } from './textOverlap';

/**
 * The kind of a publication, as its title states it. An erratum, a comment or a reply names the title of the article that
 * it belongs to, and is not that article.
 */
export type TitleKind = 'correction' | 'retraction' | 'comment' | 'reply' | 'protocol' | 'article';

/** A title in a form that can be compared. */
export interface TitleForm {
  readonly words: readonly string[];
  /** The letters and digits alone, so that `ApoE-/- mice` and `ApoE -/-mice` are equal. */
  readonly letters: string;
  readonly kind: TitleKind;
  /** Numbers of parts and phases, in ascending order: `part II` → `2`. */
  readonly parts: string;
  /** The numbers of parts and all other runs of digits. */
  readonly numbers: string;
  /** Pairs of neighbouring letters, for {@link dice}. */
  readonly bigrams: Uint32Array;
  /** Whether it is a translation that the database put in brackets. */
  readonly isTranslated: boolean;
}

/** Matches the additions of databases behind a title: `[Review] [45 refs]`, `[German]`, `(author's transl)`. */
const addition =
  /\s*(?:\[[^[\]]{0,60}\]|\((?:author'?s transl|proceeding|meeting abstract|review)\))[\s.]*$/i;

const kinds: readonly (readonly [TitleKind, RegExp])[] = [
  [
    'correction',
    /^(?:(?:publisher|author)s?'?s? )?(?:erratum|errata|corrigend(?:um|a)|corrections?|addendum|expression of concern)\b(?:[:.]| (?:to|for|in|on)\b|\s*$)/,
  ],
  ['correction', /[[(:. ](?:erratum|corrigendum|published correction)[\])]?\s*$/],
  // Web of Science names the place of what is corrected: `Title (vol 48, pg 556, 2007)`.
  ['correction', /\(vol\.? [^()]{1,40}, (?:19|20)\d\d\)$/],
  ['retraction', /^(?:retraction|withdrawal)\b(?:[:.]| (?:of|to|note|notice)\b)/],
  [
    'reply',
    /^(?:(?:the )?authors?'? )?(?:reply|repl(?:ies)|response|rebuttal)(?:[:.]| (?:to|from|by)\b|\s*$)/,
  ],
  ['reply', /(?:[-–—:.([]\s*)(?:(?:the )?authors?'?s? )?(?:reply|response)[\])]?\s*$/],
  [
    'comment',
    /^(?:(?:invited |editorial )?comment(?:ary)?(?: on\b|s on\b|:)|re:|regarding\b|letter (?:to the editor|regarding|by)|editorial:)/,
  ],
  ['comment', /(?:[-–—:.([]\s*)(?:comment(?:ary)?|letter|editorial)[\])]?\s*$/],
  ['protocol', /\b(?:study|trial|review|a) protocol\b|\bprotocol (?:for|of) (?:a|an|the)\b/],
];

/** Compares titles without what databases add to them. */
export function titleForm(title: string): TitleForm {
  const { core, isTranslated } = bareTitle(title);
  const words = foldedWords(core);
  const letters = words.join('');
  const folded = foldedText(title)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/^[[\s]+/, '')
    .replace(/[\s.\]]+$/, '');
  const kind = kinds.find(([, pattern]) => pattern.test(folded))?.[0] ?? 'article';
  const parts = partNumbers(words);
  const digits = letters.match(/\d+/g) ?? [];
  const roman = words.flatMap((word, index) => (/\d/.test(word) ? [] : partNumber(word, words[index - 1])));
  return {
    words,
    letters,
    kind,
    parts: parts.toSorted().join(' '),
    numbers: [...digits, ...roman].toSorted().join(' '),
    bigrams: bigrams(letters),
    isTranslated,
  };
}

/** Publishers put this before the title of the article itself. */
const retracted = /^\s*(?:retracted(?: article)?|withdrawn)\s*:\s*/i;

/** A title that stands in brackets as a whole; `[18F]FDG in gout` does not. */
const bracketed = /^\[((?:[^[\]]|\[[^[\]]*\])+)\]?[\s.]*$/;

/** Removes additions of databases and the brackets around a translated title. */
function bareTitle(title: string): { readonly core: string; readonly isTranslated: boolean } {
  const outer = withoutAdditions(title.replace(retracted, '').trim());
  const inner = bracketed.exec(outer)?.[1];
  return { core: withoutAdditions(inner ?? outer), isTranslated: inner !== undefined };
}

function withoutAdditions(title: string): string {
  const shorter = title.replace(addition, '');
  // A title that is nothing but brackets is a translation, not an addition.
  return shorter === title || !/\p{L}/u.test(shorter) ? title : withoutAdditions(shorter);
}

const romanNumbers: ReadonlyMap<string, string> = new Map(
  'i ii iii iv v vi vii viii ix x xi xii'.split(' ').map((roman, index) => [roman, String(index + 1)]),
);
const spelledNumbers: ReadonlyMap<string, string> = new Map(
  'one two three four five six seven eight nine ten'
    .split(' ')
    .map((word, index): [string, string] => [word, String(index + 1)])
    .concat(
      'first second third fourth fifth'
        .split(' ')
        .map((word, index): [string, string] => [word, String(index + 1)]),
    ),
);
const counted = new Set(
  'part parts phase stage volume vol chapter number no day year study trial type class grade section report paper step series'.split(
    ' ',
  ),
);

/** The numbers that tell one publication of a series from the next. */
function partNumbers(words: readonly string[]): string[] {
  return words.flatMap((word, index) => partNumber(word, words[index - 1]));
}

function partNumber(word: string, before = ''): string[] {
  const isCounted = counted.has(before);
  if (/^\d+$/.test(word)) return isCounted ? [String(Number(word))] : [];
  const roman = romanNumbers.get(word);
  // A single letter may be one of a name: `factor V`, `i. v.`
  if (roman !== undefined && (isCounted || word.length > 1)) return [roman];
  const spelled = spelledNumbers.get(word) ?? (/^[a-d]$/.test(word) ? word : undefined);
  return isCounted && spelled !== undefined ? [spelled] : [];
}
