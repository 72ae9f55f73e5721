import { addressMasks, mergedMasks, ordered } from '../masks';
import { around, inBrackets, printedMasks, shifted } from '../printedText';
import { decodedReferences } from '../references';
import { scriptMask } from '../scriptMask';
import type { Mask } from '../segmentBuilder';
import { simpleMath } from '../simpleMath';
import { simpleTypstMath } from '../typst/typstMath';

/** Inline markup, from left to right. The content of brackets and of marks is bounded, so that the search is linear. */
const inline = new RegExp(
  [
    String.raw`\\(?<escaped>[*_\x60#^~{<[(+]|(?=https?:))`,
    String.raw`(?<hidden>^\/\/(?!\/).*$|\+{3}[^]{1,400}?\+{3}|\$\$[^]{1,400}?\$\$|pass:[a-z,]{0,20}\[[^\]]{0,400}\]|\x60\x60[^]{1,400}?\x60\x60|(?<!["'\w])\x60(?![\s\x60])[^\x60]{1,400}?\x60(?![\w\x60"'])|\(\(\([^()]{0,200}\)\)\)|<<[^<>,]{1,200}>>|\[{2,3}[^\][]{1,200}\]{2,3}|<\d{1,3}>|\[(?=[.#%]?[\w.#%-]{1,60}\][#*_])[^\]]{1,62}\])`,
    String.raw`(?:<<[^<>,]{1,200},)(?<shown>[^<>]{1,400})>>`,
    String.raw`(?<kind>stem|latexmath|asciimath):\[(?<math>(?:[^\]\\]|\\[^]){0,400})\]`,
    String.raw`(?<macro>(?:(?:image|icon|kbd|btn|menu|cite|citenp|citet|indexterm|indexterm2|anchor|include|counter):[^\s[\]]{0,200})\[[^\]]{0,400}\])`,
    String.raw`footnote(?:ref)?:[\w-]{0,60}\[(?<note>[^\][]{1,2000})\]`,
    String.raw`(?:(?:link|xref|mailto):[^\s[\]]{1,400}|(?:https?|ftp):\/\/[^\s[\]<>]{1,400})\[(?<link>[^\][]{0,400})\]`,
    String.raw`\{(?<name>[\w-]{1,60})\}`,
    String.raw`(?<reference>&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,31});)`,
    String.raw`\^(?<raised>[^\s^]{1,40})\^|~(?<lowered>[^\s~]{1,40})~`,
    String.raw`(?<quote>"\x60|\x60")`,
    String.raw`(?<break>[ \t]\+(?=\r?$))`,
    String.raw`(?<term>\(\((?=[^()]{1,200}\)\))|(?<=\w)\)\)(?!\)))`,
    String.raw`(?<emphasis>(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])|(?<=[^\s_])_(?![\w_])|(?<![\w#&])#(?=[^\s#])|(?<=[^\s#])#(?![\w#])|\*\*|__|##)`,
  ].join('|'),
  'gmu',
);

const characters: Readonly<Record<string, string>> = {
  nbsp: ' ',
  plus: '+',
  deg: '°',
  apos: "'",
  quot: '"',
  asterisk: '*',
  caret: '^',
  tilde: '~',
  backslash: '\\',
  lt: '<',
  gt: '>',
  amp: '&',
  empty: '',
  blank: '',
  zwsp: '',
  wj: '',
  sp: ' ',
};

/** Masks for the inline markup of AsciiDoc. @param substitutions The values of attributes by their names. */
export function asciidocMasks(source: string, substitutions: ReadonlyMap<string, string>): Mask[] {
  return mergedMasks(ordered(inlineMasks(source, substitutions)), addressMasks(source));
}

function inlineMasks(source: string, substitutions: ReadonlyMap<string, string>): Mask[] {
  const masks: Mask[] = [];
  for (const match of source.matchAll(inline)) {
    const { index } = match;
    masks.push(...masksOfMatch(source, index, index + match[0].length, match.groups ?? {}, substitutions));
  }
  return masks;
}

function masksOfMatch(
  source: string,
  start: number,
  end: number,
  groups: Readonly<Record<string, string | undefined>>,
  substitutions: ReadonlyMap<string, string>,
): Mask[] {
  const { escaped, shown, math, note, link, name, reference, raised, lowered, quote } = groups;
  const inner = shown ?? link;
  const inside = (text: string, close: number): Mask[] => {
    const from = end - close - text.length;
    return shifted(inlineMasks(text, substitutions), from);
  };
  if (inner !== undefined) {
    const close = shown === undefined ? 1 : 2;
    if (inner.trim() === '') return [{ start, end }];
    return around({ start, end }, inner.length, close, inside(inner, close));
  }
  if (note !== undefined) return inBrackets({ start, end }, note.length, inside(note, 1));
  if (math !== undefined) {
    const isTex = groups['kind'] === 'latexmath' || math.includes('\\');
    // The names of AsciiMath are written without a backslash, as those of Typst.
    const prose = isTex ? simpleMath(math) : simpleTypstMath(math);
    return [prose === undefined ? { start, end } : { start, end, prose }];
  }
  const script = raised ?? lowered;
  if (script !== undefined) return [scriptMask(source, { start, end }, script, raised !== undefined)];
  const text = name === undefined ? undefined : (substitutions.get(name) ?? characters[name]);
  if (text !== undefined) return printedMasks(text, start, end);
  if (reference !== undefined) return printedMasks(decodedReferences(reference), start, end);
  if (quote !== undefined) return [{ start, end, prose: '"' }];
  const isJoined = escaped !== undefined || groups['emphasis'] !== undefined || groups['term'] !== undefined;
  return [isJoined ? { start, end, prose: escaped ?? '' } : { start, end }];
}
