/**
 * Classes of characters that several stages treat alike. There is one list of each, so that a character that the prose
 * leaves out is also left out of names and keys.
 */

/**
 * Characters that nobody sees, for a class in a regular expression with the flag `u`: soft hyphens, zero-width spaces,
 * joiners and non-joiners, marks of the writing direction, invisible operators, variation selectors, tags and byte order
 * marks. Source: the property Default_Ignorable_Code_Point of Unicode.
 */
export const invisible = String.raw`\p{Default_Ignorable_Code_Point}`;

/**
 * Line and paragraph ends of Unicode and of Python's `str.splitlines`, which most readers of text formats use, for a
 * class in a regular expression.
 */
export const lineEnds = String.raw`\n\v\f\r\u001c-\u001e\u0085\u2028\u2029`;

/** White space that prose collapses, for a class in a regular expression. */
export const collapsedSpace = String.raw` \t\u001f${lineEnds}`;

/** Hyphens, dashes and minus signs, for a class in a regular expression. The hyphen of ASCII is escaped. */
export const dashes = String.raw`\-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D`;

/** Opening and closing brackets of ASCII: each opening bracket with its closing one. */
export const brackets: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

const closingBrackets = new Set(brackets.values());

export function isClosing(character: string): boolean {
  return closingBrackets.has(character);
}

const ligatures = String.raw`\uFB00-\uFB06`;
/** Mathematical alphanumerics, among the letter-like symbols those that their block leaves out. */
const styled = String.raw`\u{1D400}-\u{1D7FF}\u2102\u210A-\u2115\u2119-\u211D\u2124\u2128\u212C-\u2134`;
/** Variants of Greek letters that are written as symbols: ϕ, ϑ, ϵ. */
const greekSymbols = String.raw`\u03D0-\u03D2\u03D5\u03D6\u03F0\u03F1\u03F5`;
/** Full-width letters and digits, hyphen, plus sign and slash. */
const fullWidth = String.raw`\uFF0B\uFF0D\uFF0F-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A`;
const subscripts = String.raw`\u1D62-\u1D65\u2080-\u208E\u2090-\u209C`;
const superscriptDigits = '\u2070\u00B9\u00B2\u00B3\u2074-\u2079';

/**
 * Text in compatibility characters that stands for plain letters and digits, for a regular expression with the flag
 * `u`. Superscript digits are ambiguous, because they also number references (`p53²`) and are exponents (`m²`). They
 * count only in charges (`Ca²⁺`) and in front of a word, where they are the mass number of an isotope (`¹⁸F`).
 */
export const compatibility = [
  `[${ligatures}${styled}${greekSymbols}${fullWidth}${subscripts}]`,
  String.raw`[${superscriptDigits}]{0,2}[\u207A\u207B](?![${superscriptDigits}])`,
  String.raw`(?<![\p{L}\p{N}\p{M}])[${superscriptDigits}]{1,3}(?=\p{L})`,
].join('|');

const compatibilityText = new RegExp(compatibility, 'gu');

/** Replaces ligatures, styled letters and the like by the letters that they stand for: `ﬁ` → `fi`, `𝐓𝐍𝐅` → `TNF`. */
export function plainCharacters(text: string): string {
  return text.replace(compatibilityText, plainForm);
}

/** The plain form of a match of {@link compatibility}. */
export function plainForm(text: string): string {
  return text.normalize('NFKC').replace(/\u2212/gu, '-');
}

const invisibleText = new RegExp(`[${invisible}]+`, 'gu');

/** Removes characters that nobody sees. */
export function withoutInvisible(text: string): string {
  return text.replace(invisibleText, '');
}

const nameDash = new RegExp(`[${dashes}]`, 'gu');
const whiteSpace = new RegExp(String.raw`[\s${collapsedSpace}]+`, 'gu');
const onlyPlainAscii = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * The form of a name that a reader would type into a search: composed accents, the ASCII hyphen for all dashes, the
 * Greek letter mu for the micro sign, and one space for each run of white space.
 */
export function typedName(text: string): string {
  if (onlyPlainAscii.test(text)) return text;
  return withoutInvisible(plainCharacters(text))
    .normalize('NFC')
    .replace(nameDash, '-')
    .replace(/\u00B5/gu, 'μ')
    .replace(whiteSpace, ' ');
}
