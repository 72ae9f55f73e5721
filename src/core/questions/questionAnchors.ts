/** The names and words that a question is about, and their places in sentences. */
import { overlaps } from '../spanOrder';
import type { EntityType, Span } from '../types';
import type { AnchorPlace } from './denial';
import type { NameReader, PassageName } from './passageNames';
import { questionTerms, termsIn, type TextTerm } from './questionTerms';

/** A name or a word of a question that an answering sentence is expected to share. */
export interface Anchor {
  /** The stems of its words. */
  readonly stems: readonly string[];
  readonly weight: number;
  /** The concepts that it may name. Empty for a word. */
  readonly ids: ReadonlySet<string>;
  /** The likeliest type of its concepts. */
  readonly type?: EntityType | undefined;
  /** The place of a name in the question. */
  readonly place?: Span | undefined;
}

/** A known name counts twice as much as a word. */
export const nameWeight = 2;
/** Words with less weight occur in most questions. */
const minNameWeight = 1;

/** The anchors of a question: its known names, then its other words. */
export function anchorsOf(question: string, names: NameReader | undefined): Anchor[] {
  const weights = new Map(questionTerms(question).map(({ stem, weight }) => [stem, weight]));
  const terms = termsIn(question);
  const named = (names?.(question) ?? []).flatMap((name) => {
    const stems = terms.filter((term) => overlaps(term, name)).map(({ stem }) => stem);
    const isName = stems.some((stem) => (weights.get(stem) ?? 0) >= minNameWeight);
    return isName ? [{ name, stems }] : [];
  });
  const covered = new Set(named.flatMap(({ stems }) => stems));
  const words = [...weights].filter(([stem]) => !covered.has(stem));
  return [
    ...named.map(({ name: { ids, types, start, end }, stems }) => ({
      stems,
      weight: nameWeight,
      ids: new Set(ids),
      type: [...types][0],
      place: { start, end },
    })),
    ...words.map(([stem, weight]) => ({ stems: [stem], weight, ids: new Set<string>() })),
  ];
}

/** A text with its words, its names and its abbreviations. */
export interface AnchoredText {
  readonly terms: readonly TextTerm[];
  readonly names: readonly PassageName[];
  /** Stems of other forms of an anchor in this text, such as its abbreviation, by the number of the anchor. */
  readonly aliases: ReadonlyMap<number, readonly string[]>;
}

/** The places of anchors in a text. */
export function anchorPlaces(anchors: readonly Anchor[], text: AnchoredText): AnchorPlace[] {
  return anchors.flatMap((anchor, index) =>
    placesOf(anchor, index, text).map(({ start, end }) => ({
      anchor: index,
      weight: anchor.weight,
      start,
      end,
    })),
  );
}

function placesOf({ stems, ids }: Anchor, index: number, { terms, names, aliases }: AnchoredText): Span[] {
  const known = ids.size === 0 ? [] : names.filter((name) => name.ids.some((id) => ids.has(id)));
  const alias = aliases.get(index) ?? [];
  const short = alias.length === 0 ? [] : terms.filter(({ stem }) => alias.includes(stem));
  const last = stems.at(-1);
  const isComplete = stems.every((stem) => terms.some((term) => term.stem === stem));
  const written = isComplete
    ? terms.filter((term) => term.stem === last && !isPartOfAnother(term, stems, { terms, names }))
    : [];
  const places = [...known, ...short];
  return [...places, ...written.filter((term) => !places.some((other) => overlaps(term, other)))];
}

/** Whether a word belongs to a name with other words than the anchor: "cancer" in "lung cancer" for "breast cancer". */
function isPartOfAnother(
  term: TextTerm,
  stems: readonly string[],
  { terms, names }: Pick<AnchoredText, 'terms' | 'names'>,
): boolean {
  const name = names.find((each) => overlaps(each, term));
  if (!name) return false;
  const own = terms.filter((each) => overlaps(each, name)).map(({ stem }) => stem);
  return own.some((stem) => !stems.includes(stem)) && stems.some((stem) => !own.includes(stem));
}
