import { dashes, withoutInvisible } from '../characters';
import { firstWhere } from '../firstWhere';
import type { Abbreviation, Entity, EntityType, Span } from '../types';
import { matchSpans } from './matchSpans';

/** Equal for the same mention, whatever model or person found it. */
export function placeKey({ start, end, type }: Span & Pick<Entity, 'type'>): string {
  return `${start} ${end} ${type}`;
}

/** A name of one type, with its mentions. */
export interface NameGroup {
  /** The form to display: the most frequent spelling, or the first of several with the same frequency. */
  readonly name: string;
  readonly key: string;
  readonly type: EntityType;
  /** Mentions in document order. */
  readonly mentions: readonly Entity[];
}

const greek: ReadonlyMap<string, string> = new Map([
  ['α', 'alpha'],
  ['β', 'beta'],
  ['γ', 'gamma'],
  ['δ', 'delta'],
  ['ε', 'epsilon'],
  ['ζ', 'zeta'],
  ['η', 'eta'],
  ['θ', 'theta'],
  ['ι', 'iota'],
  ['κ', 'kappa'],
  ['λ', 'lambda'],
  ['μ', 'mu'],
  ['ν', 'nu'],
  ['ξ', 'xi'],
  ['π', 'pi'],
  ['ρ', 'rho'],
  ['σ', 'sigma'],
  ['τ', 'tau'],
  ['φ', 'phi'],
  ['χ', 'chi'],
  ['ψ', 'psi'],
  ['ω', 'omega'],
]);
const greekLetter = new Map([...greek].map(([letter, name]) => [name, letter]));

/** White space, dashes, underscores and slashes, for a class in a regular expression. */
const separating = String.raw`\s${dashes}_/`;
const separators = new RegExp(`[${separating}]+`, 'u');

/**
 * Normalises a name so that all its spellings are equal: letter case, accents, hyphens and spaces, Greek letters and
 * their names, and plurals are made the same.
 * @example nameKey('TNF-α') === nameKey('TNF alpha') // true
 */
export function nameKey(name: string): string {
  const parts = partsOf(withoutInvisible(name)).filter((part) => part !== '');
  const isSplitNumber = (i: number) => /\d$/u.test(parts[i - 1] ?? '') && /^\d/u.test(parts[i] ?? '');
  return parts.map((part, i) => (isSplitNumber(i) ? `-${part}` : part)).join('');
}

/** The normalised words of a name: `['tnf', 'alpha']` for `TNF-α`. The last one is in the singular. */
function partsOf(name: string): string[] {
  const words = name
    .replace(/['’]s(?![\p{L}\p{N}])/gu, '')
    .split(separators)
    .filter((word) => word !== '');
  return words.map((word, i) => (i === words.length - 1 ? singular(fold(word), word) : fold(word)));
}

/** Normalises a word: lower case, no accents, Greek letters replaced by their names. */
export function fold(word: string): string {
  if (/^[\0-\x7f]*$/.test(word)) return word.toLowerCase();
  const plain = word
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return plain.replace(/[α-ω]/gu, (letter) => greek.get(letter === 'ς' ? 'σ' : letter) ?? letter);
}

/**
 * The singular of a normalised word: `genes` → `gene`, `antibodies` → `antibody`. `AIDS`, `lupus`, `sepsis` and
 * `abscess` do not change.
 * @param folded The result of {@link fold} for `word`.
 */
export function singular(folded: string, word: string): string {
  if (/[\p{Lu}\p{N}]{2}s$/u.test(word)) return folded.slice(0, -1);
  const keepsIts = folded.length < 4 || /\p{Lu}S$/u.test(word) || /(?:ss|us|is)$/u.test(folded);
  if (keepsIts || !folded.endsWith('s')) return folded;
  return folded.length > 4 && folded.endsWith('ies') ? `${folded.slice(0, -3)}y` : folded.slice(0, -1);
}

/**
 * The definition of a short form that counts at an offset of the document: the nearest one before it, or the first one
 * if none is before it.
 * @param definitions Definitions of one short form.
 * @param at Default: the first definition counts.
 */
export function definitionAt<T extends Pick<Abbreviation, 'short'>>(
  definitions: readonly T[],
  at = -1,
): T | undefined {
  let first: T | undefined;
  let nearest: T | undefined;
  for (const definition of definitions) {
    const { start } = definition.short;
    if (start < (first?.short.start ?? Infinity)) first = definition;
    if (start <= at && start >= (nearest?.short.start ?? 0)) nearest = definition;
  }
  return nearest ?? first;
}

/**
 * The name and the short or long forms that the document introduces for it; spellings with the same key are listed
 * once.
 * @param at Offset of the mention in the document: see {@link definitionAt}.
 */
export function variantsOf(name: string, abbreviations: readonly Abbreviation[], at?: number): string[] {
  const variants = new Map([[nameKey(name), name]]);
  const add = (variant: string) => {
    const key = nameKey(variant);
    if (!variants.has(key)) variants.set(key, variant);
  };
  const canonical = canonicalKeys(abbreviations);
  const canonicalKey = canonical(name, at);
  for (const { short, shortText, longText } of abbreviations) {
    if (nameKey(longText) !== canonicalKey || canonical(shortText, short.start) !== canonicalKey) continue;
    add(longText);
    add(shortText);
  }
  return [...variants.values()];
}

/**
 * Returns a function that gives the key of a name at an offset of the document. The key of a short form is that of its
 * long form. If the document defines it several times, {@link definitionAt} says which definition counts.
 * @param keyOf Normalises a name. Default: {@link nameKey}.
 */
export function canonicalKeys(
  abbreviations: readonly Abbreviation[],
  keyOf: (name: string) => string = nameKey,
): (name: string, at?: number) => string {
  const meanings = new Map<string, Meaning[]>();
  for (const { short, shortText, longText } of abbreviations.toSorted(
    (a, b) => a.short.start - b.short.start,
  )) {
    const key = keyOf(shortText);
    const known = meanings.get(key) ?? [];
    meanings.set(key, known);
    const longKey = keyOf(longText);
    if (known.at(-1)?.longKey !== longKey) known.push({ start: short.start, longKey });
  }
  return (name, at = -1) => {
    const key = keyOf(name);
    const known = meanings.get(key);
    if (!known) return key;
    const next = firstWhere(known, ({ start }) => start > at);
    return known[Math.max(0, next - 1)]?.longKey ?? key;
  };
}

/** The meaning of a short form from an offset of the document on. */
interface Meaning {
  readonly start: number;
  readonly longKey: string;
}

/**
 * Finds all occurrences of the variants that begin and end at word boundaries, in order and without overlaps.
 * Spellings with the same {@link nameKey} count as one, except that a short name in capitals (`CAT`) must match in
 * case. One pass over the text.
 */
export function findVariants(text: string, variants: readonly string[]): Span[] {
  const longestFirst = [...variants].sort((a, b) => b.length - a.length);
  const patterns = longestFirst.map(patternOf).filter((pattern) => pattern !== '');
  if (patterns.length === 0) return [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return matchSpans(text, pattern);
}

/** Maximum length of a name in capitals whose lower-case form is probably another word. */
const maxCaseSensitiveLength = 5;

/** Whether the case of a name matters, as for short names in capitals: `CAT` is a gene, `cat` an animal. */
export function isCaseSensitive(name: string): boolean {
  return /^\p{Lu}+$/u.test(name) && name.length <= maxCaseSensitiveLength;
}

function patternOf(name: string): string {
  if (isCaseSensitive(name)) return `${escape(name)}s?`;
  const runs = partsOf(name).flatMap((part) => part.match(/\p{N}+|\p{L}+|[^\p{N}\p{L}]+/gu) ?? []);
  if (runs.length === 0) return '';
  const joined = runs.flatMap(splitGreek).map(anyCase).join(`(?:['’]s)?[${separating}]{0,3}`);
  return joined.endsWith('[yY]') ? `(?:${joined}|${joined.slice(0, -4)}[iI][eE][sS])` : `${joined}[sS]?`;
}

/** Splits `tnfalpha` into `tnf` and `alpha`, so that the second part can also be written as a Greek letter. */
function splitGreek(run: string): string[] {
  const match = /^(.*?)(alpha|beta|gamma|delta|epsilon|kappa|lambda|sigma|omega)$/u.exec(run);
  return match?.[1] !== undefined && match[2] !== undefined && match[1] !== '' ? [match[1], match[2]] : [run];
}

function anyCase(run: string): string {
  const letters = Array.from(run, (character) => {
    const upper = character.toUpperCase();
    return upper !== character && upper.length === character.length
      ? `[${character}${upper}]`
      : escape(character);
  }).join('');
  const letter = greekLetter.get(run);
  return letter === undefined ? letters : `(?:${letters}|[${letter}${letter.toUpperCase()}])`;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}

/**
 * Groups entities by type and name. Names come in the order of their first mention; an abbreviation and its long form
 * are one name.
 */
export function groupByName(
  entities: readonly Entity[],
  abbreviations: readonly Abbreviation[],
): Map<EntityType, NameGroup[]> {
  const canonical = canonicalKeys(abbreviations);
  const types = new Map<EntityType, Map<string, Entity[]>>();
  for (const entity of entities) {
    const names = types.get(entity.type) ?? new Map<string, Entity[]>();
    types.set(entity.type, names);
    const key = canonical(entity.name, entity.start);
    const mentions = names.get(key);
    if (mentions === undefined) names.set(key, [entity]);
    else mentions.push(entity);
  }
  return new Map(
    Array.from(types, ([type, names]) => [
      type,
      Array.from(names, ([key, mentions]) => ({ name: commonest(mentions), key, type, mentions })),
    ]),
  );
}

function commonest(mentions: readonly Entity[]): string {
  const counts = new Map<string, number>();
  for (const { name } of mentions) counts.set(name, (counts.get(name) ?? 0) + 1);
  let best = mentions[0]?.name ?? '';
  for (const [name, count] of counts) if (count > (counts.get(best) ?? 0)) best = name;
  return best;
}
