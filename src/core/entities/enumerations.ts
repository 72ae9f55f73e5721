/**
 * Splits a mention that enumerates several names into one mention each, with the full name of each: `IL-1α, -1β and -6`
 * is IL-1α, IL-1β and IL-6. Corpora annotate such an enumeration as one mention, and so do taggers, but somebody who
 * looks for IL-6 finds it only under its own name.
 *
 * There are three kinds. In `hepatitis A, B and C` the parts share the beginning, in `2- and 4-aminopyridine` the end,
 * and in `breast and ovarian cancer` the last word. A mention that fits none of them is not split.
 */
import { dashes } from '../characters';
import type { EntityType, Span } from '../types';
import { sharedHead } from './sharedHeads';
import { singularPhrase } from './singularPhrase';

/** A part of an enumeration. The span counts from the start of the mention. */
export interface NamedPart extends Span {
  readonly name: string;
}

/** A part of an enumeration as it is written. */
interface Item extends Span {
  readonly text: string;
}

/** Maximum length of a mention that is split, in characters. */
const maxLength = 200;

const separator = /\s*,\s+(?:(?:and\/or|and|or|&)\s+)?|\s+(?:and\/or|and|or|&)\s+|\//gu;

/**
 * The names that a mention enumerates.
 * @returns undefined if the mention is one name.
 */
export function enumeratedNames(mention: string, type: EntityType): readonly NamedPart[] | undefined {
  if (mention.length > maxLength) return undefined;
  const items = itemsOf(mention);
  if (items.length < 2 || items.some(({ text }) => text === '')) return undefined;
  const texts = items.map(({ text }) => text);
  const names =
    sharedBeginning(texts) ?? sharedEnd(texts) ?? repeatedBeginning(texts) ?? sharedHead(texts, type);
  if (names === undefined) return undefined;
  return items.map(({ start, text }, i) => {
    const end = start + text.replace(openEnd, '').length;
    return { start, end, name: names[i] ?? text };
  });
}

/** The hyphen behind a part whose end stands in another part: `2-` in `2- and 4-aminopyridine`. */
const openEnd = new RegExp(`(?<=.)[${dashes}]$`, 'u');

function itemsOf(mention: string): Item[] {
  const items: Item[] = [];
  let start = 0;
  const add = (end: number) => items.push({ start, end, text: mention.slice(start, end) });
  for (const { 0: found, index } of mention.matchAll(separator)) {
    add(index);
    start = index + found.length;
  }
  add(mention.length);
  return items;
}

/** A kind of ending that parts of an enumeration have in common. */
interface Ending {
  /** Matches a whole part behind the first, such as `-1β` or `3`. */
  readonly item: RegExp;
  /** Matches what such a part stands for at the end of the first part. */
  readonly first: RegExp;
}

const dash = `[${dashes}]`;
const roman = '(?:I{1,3}|IV|VI{0,3}|IX|XI{0,3})';

const endings: readonly Ending[] = [
  // IL-1α, -1β; HLA-DRB1, -DQA1; TNFα and -β
  {
    item: new RegExp(`^${dash}[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,8}$`, 'u'),
    first: new RegExp(
      `(?<=[\\p{L}\\p{N}])(?:${dash}[\\p{L}\\p{N}]{1,9}|\\p{Script=Greek}\\d?|\\d{1,3})$`,
      'u',
    ),
  },
  // TLR2, 4; caspases 3, 8; BRCA1/2
  { item: /^\d{1,3}[A-Za-z]?$/u, first: /(?<![\d.])\d{1,3}[A-Za-z]?$/u },
  // hepatitis A, B; interleukin-17A and F; V600E/K
  { item: /^\p{Lu}$/u, first: /(?<=[\s\d-])[A-Z]$/u },
  // miR-200a, b
  { item: /^[a-z]$/, first: /(?<=\d)[a-z]$/ },
  // PKC α, β
  { item: /^[α-ω]\d?$/u, first: /(?<=\S\s?)[α-ω]\d?$/u },
  // factors VIII, IX
  { item: new RegExp(`^${roman}$`, 'u'), first: new RegExp(`(?<=[\\s-])${roman}$`, 'u') },
  // vitamins B1, B6
  { item: /^[A-Z]\d{1,3}$/u, first: /(?<=\p{L}\s)[A-Z]\d{1,3}$/u },
  // CYP 2D6, 3A4
  { item: /^\d[A-Z]\d{1,2}$/u, first: /(?<=\p{L}[\s-]?)\d[A-Z]\d{1,2}$/u },
];

const atDash = new RegExp(`^${dash}`, 'u');
const bareItem = /^(?:[α-ω]\d?|\d{1,3}[a-z]?)$/u;

/** Names whose parts share the beginning, and perhaps the end: `type 1 and 2 diabetes`. */
function sharedBeginning(items: readonly string[]): readonly string[] | undefined {
  const [first, ...written] = items;
  if (first === undefined) return undefined;
  // In `PPAR-α, -β/δ` the hyphen of one part also belongs to the next.
  const isDashed = written.some((text) => atDash.test(text));
  const others = isDashed ? written.map((text) => (bareItem.test(text) ? `-${text}` : text)) : written;
  for (const { item, first: firstEnding } of endings) {
    const ending = firstEnding.exec(first)?.[0];
    const stem = first.slice(0, first.length - (ending?.length ?? 0));
    if (ending === undefined || !/\p{L}/u.test(stem)) continue;
    const last = withoutTail(others.at(-1) ?? '', item);
    const suffixes = [...others.slice(0, -1), last.suffix];
    if (!suffixes.every((suffix) => item.test(suffix))) continue;
    const full = singularPhrase(stem);
    return [ending, ...suffixes].map((suffix) => full + suffix + last.tail);
  }
  return undefined;
}

/** Names that repeat the beginning and share the end: `type 1 and type 2 diabetes`. */
function repeatedBeginning(items: readonly string[]): readonly string[] | undefined {
  const last = items.at(-1) ?? '';
  const tail = /^type\s\S+(\s.+)$/iu.exec(last)?.[1];
  const others = items.slice(0, -1);
  if (tail === undefined || !others.every((text) => /^type\s\S+$/iu.test(text))) return undefined;
  return [...others.map((text) => text + tail), last];
}

/** Separates the end that all parts share from the last part: `2 diabetes`. */
function withoutTail(text: string, item: RegExp): { readonly suffix: string; readonly tail: string } {
  const blank = text.search(/\s/u);
  const suffix = blank < 0 ? text : text.slice(0, blank);
  return blank > 0 && item.test(suffix) ? { suffix, tail: text.slice(blank) } : { suffix: text, tail: '' };
}

const prefixes =
  'pre|post|peri|hypo|hyper|normo|mono|di|tri|tetra|poly|intra|extra|inter|micro|macro|endo|exo|homo|hetero|anti|pro';
const knownPrefix = new RegExp(`^(?:${prefixes})$`, 'iu');
const atPrefix = new RegExp(`^(?:${prefixes})(?=\\p{Ll}{3})`, 'iu');
const openItem = new RegExp(`^[\\p{L}\\p{N},'′]{1,12}${dash}$`, 'u');
const hyphenated = new RegExp(`^[\\p{L}\\p{N},'′]{1,12}${dash}`, 'u');

/** Names whose parts share the end: `2- and 4-aminopyridine`, `pre- and postmenopausal osteoporosis`. */
function sharedEnd(items: readonly string[]): readonly string[] | undefined {
  const last = items.at(-1) ?? '';
  const open = items.slice(0, -1);
  if (!open.every((text) => openItem.test(text))) return undefined;
  const prefix = open.every((text) => knownPrefix.test(text.slice(0, -1)))
    ? atPrefix.exec(last)?.[0]
    : undefined;
  const joined = hyphenated.exec(last)?.[0];
  if (joined !== undefined) return [...open.map((text) => text + last.slice(joined.length)), last];
  if (prefix === undefined) return undefined;
  return [...open.map((text) => text.slice(0, -1) + last.slice(prefix.length)), last];
}
