/**
 * Marks the other names of a marked name that stand beside it in a list: `imatinib (STI571, Gleevec, Glivec; Novartis)`,
 * `HER2 (ERBB2, neu)`, `NSCLC, or non-small cell lung cancer,`. The tagger knows rare trade names and code names less well
 * than the name in front.
 *
 * An item of the list is marked if the terminology has it, as a whole, as a name of a concept of the marked name, so that
 * companies, doses and other drugs stay unmarked. How the item is written does not matter here: `neu` alone is no name,
 * but `ERBB2, neu` is. Items inside a bracket may also mark the name in front of it.
 */
import { isClosing } from '../characters';
import { bySpan, overlaps } from '../spanOrder';
import type { EntityType, Span } from '../types';
import type { DecodedSpan } from './spanCache';
import { defaultMinProbability } from './threshold';

/** The concepts of a type that have a name. */
export type ConceptsOf = (name: string, type: EntityType) => readonly number[];

/** Maximum length of a bracket, in characters. */
const maxBracketLength = 200;
/** Maximum number of words of an item, and of a name in front of a bracket. */
const maxWords = 6;

/**
 * Adds the names to the spans of a text.
 *
 * @param spans Sorted, without overlaps; those that are not probable enough to be tagged, too.
 * @returns spans that are sorted and without overlaps.
 */
export function markAppositions(
  spans: readonly DecodedSpan[],
  text: string,
  conceptsOf: ConceptsOf,
): readonly DecodedSpan[] {
  let marked = spans;
  for (const items of [...bracketLists(text), ...commaLists(spans, text)])
    marked = markList(items, marked, text, conceptsOf);
  return marked;
}

/** An item of a list, with other spans that it may have: the name in front of a bracket has no known beginning. */
type Item = readonly Span[];

function markList(
  items: readonly Item[],
  spans: readonly DecodedSpan[],
  text: string,
  conceptsOf: ConceptsOf,
): readonly DecodedSpan[] {
  const anchors = items.flatMap((item) =>
    spans.filter(
      (span) => span.probability >= defaultMinProbability && item.some((place) => isSame(place, span)),
    ),
  );
  let marked = spans;
  for (const { type, probability, ...anchor } of anchors) {
    const concepts = new Set(conceptsOf(text.slice(anchor.start, anchor.end), type));
    if (concepts.size === 0) continue;
    for (const item of items) {
      const isName = ({ start, end }: Span): boolean =>
        conceptsOf(text.slice(start, end), type).some((concept) => concepts.has(concept));
      const place = item.find((each) => !isSame(each, anchor) && isName(each));
      if (place) marked = withSpan(marked, { start: place.start, end: place.end, type, probability });
    }
  }
  return marked;
}

/** Adds a span unless it overlaps one that is probable enough; the others give way. */
function withSpan(spans: readonly DecodedSpan[], added: DecodedSpan): readonly DecodedSpan[] {
  const overlapping = spans.filter((span) => overlaps(span, added));
  if (overlapping.some(({ probability }) => probability >= defaultMinProbability)) return spans;
  return [...spans.filter((span) => !overlapping.includes(span)), added].sort(bySpan);
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

/** The lists in brackets, with what stands in front of the bracket. */
function bracketLists(text: string): readonly (readonly Item[])[] {
  const lists: (readonly Item[])[] = [];
  for (const { index } of text.matchAll(/[([]/g)) {
    const close = closingOf(text, index);
    if (close === undefined) continue;
    const inside = itemsIn(text, { start: index + 1, end: close });
    if (isAbbreviation(text, inside)) continue;
    lists.push([namesBefore(text, index), ...inside.map((item) => [item])]);
  }
  return lists;
}

/**
 * Whether a bracket only has an abbreviation: `cytochrome P450 (CYP)`. The stage that makes a document consistent decides on
 * it, together with its long form.
 */
function isAbbreviation(text: string, [only, ...others]: readonly Span[]): boolean {
  return (
    only !== undefined && others.length === 0 && /^\p{Lu}{2,5}s?$/u.test(text.slice(only.start, only.end))
  );
}

function closingOf(text: string, open: number): number | undefined {
  const last = Math.min(text.length, open + maxBracketLength);
  for (let at = open + 1; at < last; at++) {
    if (isClosing(text.charAt(at))) return at;
    // A list with brackets inside is no list of names.
    if (/[([]/.test(text.charAt(at))) return undefined;
  }
  return undefined;
}

/** The last words before an offset, the longest run first. */
function namesBefore(text: string, offset: number): Item {
  const [before = ''] =
    /[^\s()[\]{},;:]+(?:\s[^\s()[\]{},;:]+){0,5}(?=\s?$)/u.exec(text.slice(0, offset)) ?? [];
  const end = text.slice(0, offset).trimEnd().length;
  const starts = [end - before.length];
  for (const { index } of before.matchAll(/\s/gu)) starts.push(end - before.length + index + 1);
  return before === '' ? [] : starts.map((start) => ({ start, end }));
}

const separator = /[,;]\s|\s(?:or|and)\s|\s?[/=]\s?/gu;

/** Words that announce another name, and signs around it. */
const announcement =
  /^\s*(?:(?:and|or|also|alternatively|formerly|previously|now|hereafter|otherwise|commonly|i\.e\.|aka|known|called|named|termed|designated|referred|marketed|sold|to|as|the|trade|brand|code|generic|name|names)[\s,:]+)*["“”‘’']?/iu;
const behind = /\s*["“”‘’']?[®™]?["“”‘’']?\s*$/u;

function itemsIn(text: string, inside: Span): readonly Span[] {
  const content = text.slice(inside.start, inside.end);
  const items: Span[] = [];
  let start = 0;
  const add = (end: number): void => {
    const item = nameIn(text, { start: inside.start + start, end: inside.start + end });
    if (item) items.push(item);
  };
  for (const { 0: found, index } of content.matchAll(separator)) {
    add(index);
    start = index + found.length;
  }
  add(content.length);
  return items;
}

/** The name in an item, without what announces it. */
function nameIn(text: string, { start, end }: Span): Span | undefined {
  const item = text.slice(start, end);
  const from = announcement.exec(item)?.[0].length ?? 0;
  const to = item.length - (behind.exec(item)?.[0].length ?? 0);
  if (to - from < 2 || item.slice(from, to).split(/\s/u).length > maxWords) return undefined;
  return { start: start + from, end: start + to };
}

/** The words behind a comma, up to the next sign. */
const nextItem = /,\s([^,;:.()[\]]{2,80})(?=[,;)\]]|\.(?:\s|$)|$)/uy;

/** The lists without brackets: a marked name and the items behind it. */
function commaLists(spans: readonly DecodedSpan[], text: string): readonly (readonly Item[])[] {
  return spans.flatMap((span): (readonly Item[])[] => {
    if (span.probability < defaultMinProbability) return [];
    const items: Item[] = [[span]];
    nextItem.lastIndex = span.end;
    for (let found = nextItem.exec(text); found; found = nextItem.exec(text)) {
      const end = nextItem.lastIndex;
      const item = nameIn(text, { start: end - (found[1]?.length ?? 0), end });
      if (!item) break;
      items.push([item]);
    }
    return items.length > 1 ? [items] : [];
  });
}
