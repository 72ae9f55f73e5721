/** What a hover says about a mention, gathered from what is known of its document. Pure. */
import { findAbbreviations } from '../../core/text/abbreviations';
import { findVariants, nameKey, variantsOf } from '../../core/text/mentions';
import type { Abbreviation, Entity, Measured, Span } from '../../core/types';

export interface DocumentKnowledge {
  readonly text: string;
  /** Mentions known in the document. */
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  /** Whether `entities` is all there is. When not, mentions are looked for in the text. */
  readonly isComplete: boolean;
}

export interface MentionKnowledge {
  readonly entity: Entity;
  /** What the name stands for, when it is a short form that the document introduces. */
  readonly abbreviation: Abbreviation | undefined;
  /** Of this name in the document, this one included, in order. Undefined when the document is too large to look. */
  readonly mentions: readonly Span[] | undefined;
}

/** Characters. A text search in more than this would be felt. */
const maxSearched = 1_000_000;

export function describeMention(entity: Entity, known: DocumentKnowledge): MentionKnowledge {
  const abbreviation = abbreviationOf(entity, known);
  const abbreviations = abbreviation
    ? [...known.abbreviations.filter((each) => each !== abbreviation), abbreviation]
    : known.abbreviations;
  return { entity, abbreviation, mentions: mentionsOf(entity, abbreviations, known) };
}

function abbreviationOf({ name }: Entity, known: DocumentKnowledge): Abbreviation | undefined {
  const stated = known.abbreviations.find(({ shortText }) => shortText === name);
  return stated ?? (known.isComplete ? undefined : introductionOf(name, known.text));
}

/** A short form introduced in a part of the document that was not asked about: "long form (SF)" in its plain text. */
export function introductionOf(name: string, text: string): Abbreviation | undefined {
  // Schwartz and Hearst: short forms have two to ten characters.
  if (name.length < 2 || name.length > 10 || text.length > maxSearched) return undefined;
  for (let at = text.indexOf(`(${name}`); at >= 0; at = text.indexOf(`(${name}`, at + 1)) {
    // The long form stands in the same line, and has at most twice as many words as the short form characters.
    const start = Math.max(text.lastIndexOf('\n', at) + 1, at - 300);
    const piece = text.slice(start, at + name.length + 2);
    const found = findAbbreviations(piece).find(({ short }) => piece.slice(short.start, short.end) === name);
    if (found) return placed(found.short, found.long, piece, start);
  }
  return undefined;
}

function placed(short: Span, long: Span, piece: string, base: number): Abbreviation {
  const move = ({ start, end }: Span): Span => ({ start: start + base, end: end + base });
  const shortText = piece.slice(short.start, short.end);
  const longText = piece.slice(long.start, long.end);
  return { short: move(short), long: move(long), shortText, longText };
}

function mentionsOf(
  entity: Entity,
  abbreviations: readonly Abbreviation[],
  known: DocumentKnowledge,
): readonly Span[] | undefined {
  const variants = variantsOf(entity.name, abbreviations);
  if (known.isComplete) return sameName(known.entities, entity, variants);
  return known.text.length > maxSearched ? undefined : findVariants(known.text, variants);
}

function sameName(
  entities: readonly Entity[],
  { type }: Entity,
  variants: readonly string[],
): readonly Entity[] {
  const wanted = new Set(variants.map(nameKey));
  // A document repeats few names often: each is folded once.
  const verdicts = new Map<string, boolean>();
  return entities.filter(({ name, type: own }) => {
    if (own !== type) return false;
    const verdict = verdicts.get(name) ?? wanted.has(nameKey(name));
    verdicts.set(name, verdict);
    return verdict;
  });
}

/** Up to `limit` of the other mentions, those nearest to this one, in order. */
export function nearestOthers(
  mentions: readonly Span[],
  { start, end }: Span,
  limit: number,
): readonly Span[] {
  return mentions
    .filter((mention) => mention.end <= start || mention.start >= end)
    .sort((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start))
    .slice(0, limit)
    .sort((a, b) => a.start - b.start);
}

/** The model's figures for one type, each set once. */
export function figuresFor(type: string, measured: readonly Measured[]): readonly Measured[] {
  const bySet = new Map(
    measured.filter((figure) => figure.type === type).map((figure) => [figure.set, figure]),
  );
  return [...bySet.values()];
}
