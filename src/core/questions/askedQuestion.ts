/**
 * Questions whose names have synonyms. A question about acetaminophen is also answered by passages that say
 * paracetamol, so all names of a concept count as one term of a search, and each passage is asked in its own words.
 */
import { termKey, type TermPiece, termPieces } from '../linking/termKey';
import { type NameRules, namesFrom } from '../linking/termRuns';
import type { EntityType, Span } from '../types';
import { isOrdinaryWord } from './ordinaryWords';
import type { ReadPassage } from './reader';

/** A concept that a question names. */
export interface QuestionConcept {
  readonly type: EntityType;
  /** The preferred name. */
  readonly name: string;
  /** Other names, in any spelling, or their `termKey`. */
  readonly synonyms: readonly string[];
  /** The part of the question that names the concept. A concept without one is ignored. */
  readonly mention?: Span | undefined;
}

/** A name in a question. */
export interface AskedName extends Span {
  /** The name as the question spells it. */
  readonly text: string;
  /** The keys of the other names of its concepts. */
  readonly keys: ReadonlySet<string>;
}

/** A question, and the other names of what it asks about. */
export interface AskedQuestion {
  readonly text: string;
  /** The concepts that the question was created with. */
  readonly concepts: readonly QuestionConcept[];
  /** The names that have other names, in the order of the question. */
  readonly names: readonly AskedName[];
  /** Replaces other names in a passage by those of the question, so that a search by words finds it. */
  readonly unify: (passage: string) => string;
  /**
   * The question as the passage would ask it: a name that the passage does not contain is replaced by another name of
   * the same concept that it contains.
   */
  readonly askedOf: (passage: string) => string;
}

/** Shorter names stand for too many things. */
const minKeyLength = 3;

/** Longer names are systematic names of chemicals, which nobody repeats in running text. */
const maxKeyLength = 60;

/** Symbols of genes up to this length are also words, acronyms or parts of names if they are in small letters. */
const maxSymbolLength = 6;

/** The same for abbreviations of drugs and diseases: `ASA` is aspirin, `asa` is not. */
const maxAbbreviationLength = 3;

/**
 * Creates a question from its text and the concepts that it names.
 *
 * @example
 * ```ts
 * const mention = { start: 5, end: 18 };
 * const concept = { type: 'Chemical', name: 'Acetaminophen', synonyms: ['paracetamol'], mention };
 * const question = createAskedQuestion('Does acetaminophen harm the liver?', [concept]);
 * question.askedOf('Paracetamol harms the liver.'); // 'Does Paracetamol harm the liver?'
 * ```
 */
export function createAskedQuestion(text: string, concepts: readonly QuestionConcept[] = []): AskedQuestion {
  const searched = askedNames(text, concepts);
  if (searched.length === 0)
    return { text, concepts, names: [], unify: (passage) => passage, askedOf: () => text };
  const finder = new AskedNameFinder(searched);
  return {
    text,
    concepts,
    names: searched.map(({ name }) => name),
    unify: (passage) => replaceAll(passage, finder.others(passage)),
    askedOf: (passage) => replaceAll(text, finder.spellings(passage)),
  };
}

/** A passage to read for a question, with the question in the words of the passage. */
export function askedPassage(asked: AskedQuestion, text: string): ReadPassage {
  const question = asked.askedOf(text);
  return question === asked.text ? { text } : { text, question };
}

/** A name with what its finder needs. */
interface SearchedName {
  readonly name: AskedName;
  /** The key of the name as the question spells it. */
  readonly ownKey: string;
  /** The keys that count only where they are written as symbols, with capitals. */
  readonly symbols: ReadonlySet<string>;
}

/** The names of a question: of mentions that overlap, the longest. Concepts of one mention are not distinguished. */
function askedNames(text: string, concepts: readonly QuestionConcept[]): SearchedName[] {
  const byMention = new Map<string, { readonly mention: Span; readonly concepts: QuestionConcept[] }>();
  for (const concept of concepts) {
    const { mention } = concept;
    if (!mention || mention.start >= mention.end || mention.end > text.length) continue;
    if (isWord(text.slice(mention.start, mention.end))) continue;
    const key = `${mention.start} ${mention.end}`;
    const group = byMention.get(key) ?? { mention, concepts: [] };
    group.concepts.push(concept);
    byMention.set(key, group);
  }
  const longestFirst = [...byMention.values()].sort(
    (a, b) => b.mention.end - b.mention.start - (a.mention.end - a.mention.start),
  );
  const kept: SearchedName[] = [];
  for (const { mention, concepts: own } of longestFirst) {
    const name = searchedName(text, mention, own);
    const overlaps = kept.some(({ name: other }) => mention.start < other.end && other.start < mention.end);
    if (!overlaps && name.name.keys.size > 0) kept.push(name);
  }
  return kept.sort((a, b) => a.name.start - b.name.start);
}

/** Whether a mention is an ordinary word, as `Does` at the begin of a question, and not a symbol as in `DES`. */
function isWord(mention: string): boolean {
  return isOrdinaryWord(mention.toLowerCase()) && !/\p{Lu}/u.test(mention.slice(1));
}

function searchedName(
  question: string,
  { start, end }: Span,
  concepts: readonly QuestionConcept[],
): SearchedName {
  const text = question.slice(start, end);
  const ownKey = termKey(text);
  const keys = new Set<string>();
  const symbols = new Set<string>();
  for (const { type, name, synonyms } of concepts) {
    for (const key of [name, ...synonyms].flatMap(keysOf)) {
      if (key === ownKey || !isUsable(key)) continue;
      keys.add(key);
      const maxLength = type === 'Gene' ? maxSymbolLength : maxAbbreviationLength;
      if (key.length <= maxLength && isLetters(key)) symbols.add(key);
    }
  }
  return { name: { start, end, text, keys }, ownKey, symbols };
}

/** The keys of a name. A name in small letters without spaces may be a key already, or a word in the plural. */
function keysOf(name: string): readonly string[] {
  const key = termKey(name);
  return /^[a-z0-9-]+$/.test(name) ? [key, name.replace(/(?<!\d)-|-(?!\d)/g, '')] : [key];
}

function isLetters(key: string): boolean {
  return /^[a-z]+$/.test(key);
}

function isUsable(key: string): boolean {
  return key.length >= minKeyLength && key.length <= maxKeyLength && !isOrdinaryWord(key);
}

/** A part of a text and what replaces it. */
interface Replacement extends Span {
  readonly by: string;
}

function replaceAll(text: string, replacements: readonly Replacement[]): string {
  let replaced = '';
  let at = 0;
  for (const { start, end, by } of replacements) {
    replaced += text.slice(at, start) + by;
    at = end;
  }
  return replaced + text.slice(at);
}

/** Maximum number of pieces of a name, and of characters between two of them. */
const maxPieces = 12;
const maxGap = 2;

/** A place in a passage that names what the question asks about. */
interface FoundName extends Span {
  readonly searched: SearchedName;
  readonly key: string;
}

/**
 * Finds the names of a question in passages. A name is compared piece by piece, so that spaces, hyphens and letter case
 * do not matter; one pass over the pieces of the passage.
 */
class AskedNameFinder {
  private readonly byKey = new Map<string, SearchedName>();
  private readonly prefixes = new Set<string>();
  private readonly rules: NameRules = { maxPieces, isJoint, hasPrefix: (key) => this.prefixes.has(key) };

  constructor(private readonly names: readonly SearchedName[]) {
    for (const searched of names)
      for (const key of [searched.ownKey, ...searched.name.keys])
        if (!this.byKey.has(key)) this.byKey.set(key, searched);
    for (const key of this.byKey.keys())
      for (let end = 1; end <= key.length; end += 1) this.prefixes.add(key.slice(0, end));
  }

  /** The other names in a passage, with the names of the question that replace them. */
  others(passage: string): Replacement[] {
    return this.find(passage)
      .filter(({ searched, key }) => key !== searched.ownKey)
      .map(({ start, end, searched }) => ({ start, end, by: searched.name.text }));
  }

  /** The names of the question that a passage does not contain, with another name that it contains. */
  spellings(passage: string): Replacement[] {
    const found = this.find(passage);
    return this.names.flatMap((searched): Replacement[] => {
      const own = found.filter((each) => each.searched === searched);
      const [first] = own;
      // A longer name, such as `hereditary breast cancer`, may contain that of the question.
      const hasOwn = own.some(({ key }) => key.includes(searched.ownKey));
      if (!first || hasOwn) return [];
      const { start, end } = searched.name;
      return [{ start, end, by: passage.slice(first.start, first.end).replace(/\s+/gu, ' ') }];
    });
  }

  /** The names in a passage, in order and without overlaps; of several that begin at a place, the longest. */
  private find(passage: string): FoundName[] {
    const pieces = termPieces(passage);
    const found: FoundName[] = [];
    let at = 0;
    while (at < pieces.length) {
      const match = this.longestFrom(pieces, at, passage);
      if (match) found.push(match.name);
      at = match ? match.next : at + 1;
    }
    return found;
  }

  private longestFrom(
    pieces: readonly TermPiece[],
    first: number,
    passage: string,
  ): { readonly name: FoundName; readonly next: number } | undefined {
    let longest: { readonly name: FoundName; readonly next: number } | undefined;
    for (const { key, start, end, next } of namesFrom({ text: passage, pieces, first }, this.rules)) {
      const searched = this.byKey.get(key);
      if (searched && isWrittenAs(searched, key, passage.slice(start, end)))
        longest = { name: { start, end, searched, key }, next };
    }
    return longest;
  }
}

/** Whether a name may go on after the characters between two pieces. Brackets are a part of it if no space is there. */
function isJoint(text: string, end: number, start: number): boolean {
  if (start - end > maxGap) return false;
  const gap = text.slice(end, start);
  return !/[.;:!?]/.test(gap) && !(/[()[\]{}]/.test(gap) && /\s/.test(gap));
}

/**
 * Whether a text is written as a name with its key may be. Words are no short name: `as a` is not `ASA`, nor `her 2` in
 * small letters `HER2`. The letters of a symbol are capitals, at least one after the first: `REST`, not `rest` or `Rest`.
 */
function isWrittenAs({ symbols }: SearchedName, key: string, written: string): boolean {
  const isShort = key.length <= maxSymbolLength;
  if (isShort && /\s/u.test(written) && (isLetters(key) || !/\p{Lu}/u.test(written))) return false;
  return !symbols.has(key) || /\p{Lu}/u.test(written.slice(1));
}
