/**
 * Finds all occurrences of many names in one pass over a text. `findVariants` builds one regular expression that tries
 * every name at every word: for all names of a document, its cost grows with the square of the document's length. Here
 * the text is split into parts (runs of letters, runs of digits, single Greek letters) and the names form a tree of
 * such parts. The search at one place follows the tree, so its cost is limited by {@link maxNameParts}, whatever the
 * number of names.
 */
import { dashes } from '../characters';
import type { Span } from '../types';
import { fold, isCaseSensitive, singular } from './mentions';

/** An occurrence of a name. */
export interface NameOccurrence extends Span {
  /** The result of {@link nameFormOf} for the name. */
  readonly key: string;
}

/** A part of a name: a run of letters or of digits, or one Greek letter. */
interface NamePart extends Span {
  readonly folded: string;
  /** `folded` in the singular, for the end of a name. */
  readonly last: string;
  /** The form by which a short name in capitals is compared; empty if the part is not such a name. */
  readonly symbol: string;
}

/**
 * Maximum number of parts in a name. Longer names are enumerations of systematic chemistry, which a text hardly
 * repeats.
 */
export const maxNameParts = 32;

/** The first alternative matches a possessive, which is skipped. */
const partPattern = new RegExp(
  String.raw`['’]s(?![\p{L}\p{N}])|\p{Script=Greek}|\p{N}+|(?:(?!\p{Script=Greek})[\p{L}\p{M}])+|[^\s${dashes}_/'’]`,
  'gu',
);
const greekAtEnd = /(?<=.)(?:alpha|beta|gamma|delta|epsilon|kappa|lambda|sigma|omega)$/u;
/** Length of the longest match of {@link greekAtEnd} and the character before it. */
const greekReach = 9;
/** Text that may separate two parts of one name: `IL-2`, `IL 2`, `IL2`, `Crohn's disease`. */
const joint = new RegExp(String.raw`^(?:['’]s)?[\s${dashes}_/]{0,3}$`, 'u');

function partsOf(text: string): NamePart[] {
  const parts: NamePart[] = [];
  for (const { 0: raw, index } of text.matchAll(partPattern)) {
    if (raw.length === 2 && /^['’]s/.test(raw)) continue;
    addPart(parts, raw, index);
  }
  return parts;
}

/** Adds a part. This runs for every word of a document, so the cheapest tests come first. */
function addPart(parts: NamePart[], raw: string, start: number): void {
  const folded = fold(raw);
  if (!/[an]$/.test(folded) || folded.length !== raw.length) {
    addWord(parts, raw, folded, start);
    return;
  }
  const greek: NamePart[] = [];
  let end = raw.length;
  for (let name = greekEnding(folded, end); name !== undefined; name = greekEnding(folded, end)) {
    const place = { start: start + end - name.length, end: start + end };
    greek.push({ ...place, folded: name, last: name, symbol: '' });
    end -= name.length;
  }
  const word = raw.slice(0, end);
  addWord(parts, word, greek.length > 0 ? fold(word) : folded, start);
  for (const part of greek.reverse()) parts.push(part);
}

/** The Greek letter whose name ends at `end`. */
function greekEnding(folded: string, end: number): string | undefined {
  return greekAtEnd.exec(folded.slice(Math.max(0, end - greekReach), end))?.[0];
}

function addWord(parts: NamePart[], raw: string, folded: string, start: number): void {
  const last = folded.endsWith('s') ? singular(folded, raw) : folded;
  parts.push({ start, end: start + raw.length, folded, last, symbol: folded === raw ? '' : symbolOf(raw) });
}

function symbolOf(raw: string): string {
  const one = raw.replace(/(?<=\p{Lu})s$/u, '');
  return isCaseSensitive(one) ? one : '';
}

/**
 * The normalised form that all spellings of a name share: letter case, hyphens and spaces, Greek letters and their
 * names, and plurals make no difference. A short name in capitals keeps its case. Empty for text without letters and
 * digits.
 */
export function nameFormOf(name: string): string {
  return formOf(partsOf(name));
}

function formOf(parts: readonly NamePart[]): string {
  if (parts.length === 1 && parts[0]?.symbol) return `=${parts[0].symbol}`;
  return parts.map(({ folded, last }, i) => (i === parts.length - 1 ? last : folded)).join(' ');
}

interface Node {
  readonly next: Map<string, Node>;
  key: string | undefined;
}

/** Searches texts for a fixed set of names. */
export class NameFinder {
  private readonly root: Node = { next: new Map(), key: undefined };

  /** @param keys Results of {@link nameFormOf}; an empty key is ignored. */
  constructor(keys: Iterable<string>) {
    for (const key of keys) {
      const parts = key.split(' ');
      if (key !== '' && parts.length <= maxNameParts) this.add(key, parts);
    }
  }

  private add(key: string, parts: readonly string[]): void {
    let node = this.root;
    for (const part of parts) {
      const next = node.next.get(part) ?? { next: new Map(), key: undefined };
      node.next.set(part, next);
      node = next;
    }
    node.key = key;
  }

  /**
   * Finds all occurrences that begin and end at word boundaries, including those inside other occurrences.
   * @returns occurrences sorted by start, then by length.
   */
  find(text: string): NameOccurrence[] {
    const parts = partsOf(text);
    const occurrences: NameOccurrence[] = [];
    for (const i of parts.keys()) {
      for (const each of this.from(text, parts, i)) {
        if (!isInsideWord(text, each.start) && !isInsideWord(text, each.end)) occurrences.push(each);
      }
    }
    return occurrences;
  }

  private from(text: string, parts: readonly NamePart[], first: number): NameOccurrence[] {
    const occurrences: NameOccurrence[] = [];
    const start = parts[first]?.start ?? 0;
    const symbol = parts[first]?.symbol ?? '';
    const key = symbol === '' ? undefined : this.root.next.get(`=${symbol}`)?.key;
    if (key !== undefined) occurrences.push({ key, start, end: parts[first]?.end ?? 0 });
    let node: Node | undefined = this.root;
    for (let i = first; node !== undefined && i < parts.length; i += 1) {
      const part = parts[i];
      const before = parts[i - 1];
      if (!part) break;
      if (i > first && !joint.test(text.slice(before?.end, part.start))) break;
      const key: string | undefined = node.next.get(part.last)?.key;
      if (key !== undefined) occurrences.push({ key, start, end: part.end });
      node = node.next.get(part.folded);
    }
    return occurrences;
  }
}

/** Whether there are letters or digits on both sides of an offset. */
function isInsideWord(text: string, at: number): boolean {
  return endsInWord.test(text.slice(Math.max(0, at - 2), at)) && beginsWithWord.test(text.slice(at, at + 2));
}

const endsInWord = /[\p{L}\p{M}\p{N}]$/u;
const beginsWithWord = /^[\p{L}\p{M}\p{N}]/u;
