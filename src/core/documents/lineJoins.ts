/**
 * How two lines of printed text become one. A typesetter breaks words at line ends with a hyphen, and also breaks
 * compounds after a hyphen of their own. The two cases look the same: `cyclophos-⏎phamide`, `dose-⏎dependent`.
 */

/**
 * `join`: the hyphen is removed and the parts become one word. `keep`: the hyphen stays and nothing comes between the
 * parts. `space`: the lines are divided by a space.
 */
export type LineJoin = 'join' | 'keep' | 'space';

/** The number of occurrences of each word of a document, in lower case. */
export type WordCounts = ReadonlyMap<string, number>;

const wordPattern = /[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)*/gu;
/** A longer run of letters is no word; it is not counted, so that the map stays small. */
const maxWordLength = 60;

/**
 * Counts the words of a document. The two parts of a word that is broken at a line end are no words, so they do not
 * count.
 */
export function countWords(text: string): WordCounts {
  const counts = new Map<string, number>();
  const add = (word: string) => counts.set(word, (counts.get(word) ?? 0) + 1);
  let wasBroken = false;
  for (const { 0: word, index } of text.matchAll(wordPattern)) {
    const isSecondPart = wasBroken;
    wasBroken = /^[-‐\u00AD][ \t]{0,8}\r?\n/.test(text.slice(index + word.length, index + word.length + 11));
    if (wasBroken || isSecondPart || word.length > maxWordLength) continue;
    const key = plainHyphens(word.toLowerCase());
    add(key);
    // `beta-adrenergic` is also evidence for `adrenergic`.
    if (key.includes('-')) for (const part of key.split('-')) add(part);
  }
  return counts;
}

/** Prefixes that are written with a hyphen before most words. */
const hyphenPrefixes = new Set(['non', 'self', 'well', 'ex', 'quasi', 'cross', 'half', 'all']);

/** Prefixes that are written without a hyphen, even before a word that often follows one. */
const closedPrefixes = new Set(
  (
    'in un re de dis im ir il mis over under out inter intra trans sub super hyper hypo micro macro bio photo neuro ' +
    'immuno chemo radio cardio pre post co pro bi tri di mono poly multi auto iso para peri endo exo extra'
  ).split(' '),
);

/** Words that follow a hyphen in the compounds of this literature. */
const compoundEnds = new Set(
  (
    'acting activated activating adapted adjusted associated based binding blind blinded bound cell cells centered ' +
    'centre center class coated coded containing controlled converting coupled deficient deficiency dependent derived ' +
    'dose driven effect effective eluting encoding enriched exposed expressing fed fold free functional grade group ' +
    'guided high independent induced inducing infected inhibiting initiated label labeled labelled lasting level like ' +
    'limiting line linked long low lowering matched mediated modified month naive negative null off old onset oriented ' +
    'out phase point positive proven reactive reduced reducing refractory regulated related releasing remitting ' +
    'reported resistance resistant resolved response responsive rich risk scale sectional selective sensitive sensing ' +
    'severe size specific stage state stimulated stimulating style supported targeted targeting term threatening time ' +
    'transfected transformed treated treatment type up week wide wild world year years'
  ).split(' '),
);

/** Words that begin compounds, before a word of four letters or more. */
const compoundStarts = new Set(
  'low high long short full first second third two three four five six small large double triple early open'.split(
    ' ',
  ),
);

/** Words before which `anti-` keeps its hyphen; elsewhere it is a part of the word, as in `antibody`. */
const afterAnti =
  /^(?:inflamm|tumou?r|cancer|apopto|angiogen|prolifer|human|mouse|rabbit|rat$|goat|ag(?:e)?ing|obes|diabet|fibro|infect|malari|drug)/;

const functionWords = /^(?:of|the|to|and|in|on|by|for|at|a)$/;
/** `pre- and postoperative`: the hyphen stands for the rest of a word, and the space after it belongs there. */
const suspended = /^(?:and|or|to|nor|versus|vs|und|oder|et|ou|y|o)$/;

const beforeBreak = /([\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*)([-‐\u00AD])$/u;
const afterBreak = /^[\p{L}\p{N}\p{M}]+/u;

/** The last and first characters of two lines that decide: longer words are not looked at. */
const reach = 80;

/**
 * Decides how the line that ends in `before` continues in the line that begins with `after`. Neither has white space at
 * the break. The evidence, strongest first: a form that the document has elsewhere; digits, Greek and capitals, before
 * which words are not broken; prefixes and the second halves of compounds. Default: the hyphen was made by the break.
 * @example lineJoin('cyclophos-', 'phamide was', countWords('')) // 'join'
 */
export function lineJoin(before: string, after: string, words: WordCounts): LineJoin {
  const tail = before.slice(-reach);
  const end = beforeBreak.exec(tail);
  const right = afterBreak.exec(after.slice(0, reach))?.[0] ?? '';
  if (!end)
    return /\S[/–][\p{L}\p{N}]?$/u.test(tail) && /[/–]$/.test(tail) && right !== '' ? 'keep' : 'space';
  if (end[2] === '\u00AD') return right === '' ? 'space' : 'join';
  if (right === '') return 'keep';
  if (suspended.test(right)) return 'space';
  const whole = plainHyphens(end[1] ?? '');
  return isRealHyphen(whole, right, words) ? 'keep' : 'join';
}

function isRealHyphen(whole: string, right: string, words: WordCounts): boolean {
  const left = whole.slice(whole.lastIndexOf('-') + 1);
  if (left === '' || isSymbol(left, right)) return !occursOnlyJoined(whole, right, words);
  const start = left.toLowerCase();
  const end = right.toLowerCase();
  const joined =
    (words.get(`${plainHyphens(whole).toLowerCase()}${end}`) ?? 0) + (words.get(start + end) ?? 0);
  const hyphenated = words.get(`${start}-${end}`) ?? 0;
  if (joined !== hyphenated) return hyphenated > joined;
  if (whole !== left && functionWords.test(start)) return true;
  if (start === 'non') return end !== 'sense';
  if (start === 'anti') return afterAnti.test(end);
  if (hyphenPrefixes.has(start)) return true;
  if (closedPrefixes.has(start)) return false;
  if (compoundEnds.has(end) || (compoundStarts.has(start) && end.length >= 4)) return true;
  if (/.{3}ing$/.test(start) && !start.endsWith('mening')) return true;
  return start.length > 3 && end.length > 3 && words.has(start) && words.has(end);
}

/** Whether the break stands at a symbol, a number or an acronym, which are not broken: `IL-6`, `TNF-α`, `EGFR-mutant`. */
function isSymbol(left: string, right: string): boolean {
  const isGreek = /^\p{Script=Greek}+$/u;
  return (
    left.length === 1 ||
    /\p{N}$/u.test(left) ||
    /^[\p{N}\p{Lu}]/u.test(right) ||
    isGreek.test(left) ||
    isGreek.test(right) ||
    /.\p{Lu}/u.test(left) ||
    (right.length === 1 && !/^[aeiouy]$/.test(right))
  );
}

function occursOnlyJoined(whole: string, right: string, words: WordCounts): boolean {
  const start = whole.toLowerCase();
  const end = right.toLowerCase();
  const isLetters = /^\p{L}+$/u.test(right) && right.length > 1;
  return isLetters && words.has(start + end) && !words.has(`${start}-${end}`);
}

function plainHyphens(word: string): string {
  return word.replace(/[‐‑]/g, '-');
}
