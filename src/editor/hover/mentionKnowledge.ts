/** Collects the facts about a mention that a hover shows. Pure. */
import { findAbbreviations } from '../../core/text/abbreviations';
import { definitionAt, findVariants, variantsOf } from '../../core/text/mentions';
import type { Abbreviation, Entity, Measured, Span } from '../../core/types';
import { shiftedAbbreviations, shiftedSpan } from '../../core/records/shifted';
import { contains } from '../annotations/spans';
import { mentionMatcher } from '../../runtime/folder/sameConcept';
import { synonymsOf, type Synonym } from './synonyms';

export interface DocumentKnowledge {
  readonly text: string;
  /** The part of the document that is searched: the publication of the mention, if it is known, or the whole document. */
  readonly paper: Span;
  /** The entities of the tagged part of the document. */
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  /** True if the whole document was tagged. Otherwise mentions are searched in the text. */
  readonly isComplete: boolean;
}

export interface MentionKnowledge {
  readonly entity: Entity;
  /** The introduction of the name in the document, if the name is a short form. */
  readonly abbreviation: Abbreviation | undefined;
  /**
   * All mentions of the concept in the searched part of the document, in order, or of the name if it is not linked.
   * Undefined if that part is too large to search.
   */
  readonly mentions: readonly Span[] | undefined;
  /** The other names of the concept in the tagged part of the document, most frequent first. */
  readonly synonyms: readonly Synonym[];
}

/** Maximum number of characters to search. A search in a longer text would be noticeable. */
const maxSearchedLength = 1_000_000;

/**
 * Finds the abbreviation of an entity's name, and all mentions of the entity's concept. Other records of a file are other
 * papers, in which a short form may stand for something else.
 */
export function describeMention(entity: Entity, known: DocumentKnowledge): MentionKnowledge {
  const abbreviation = abbreviationOf(entity, known);
  const abbreviations = abbreviation
    ? [...known.abbreviations.filter((each) => each !== abbreviation), abbreviation]
    : known.abbreviations;
  const variants = variantsOf(entity.name, abbreviations, entity.start);
  const isSame = mentionMatcher(entity, variants);
  const tagged = known.entities.filter((other) => isSame(other) && contains([known.paper], other));
  const synonyms = entity.concepts?.length ? synonymsOf(entity.name, tagged) : [];
  const mentions = known.isComplete ? tagged : searchText(known, [variants, tagged]);
  return { entity, abbreviation, mentions, synonyms };
}

/** Searches an untagged document for the known names of a concept. */
function searchText(
  { text, paper }: DocumentKnowledge,
  [variants, tagged]: readonly [readonly string[], readonly Entity[]],
): readonly Span[] | undefined {
  if (paper.end - paper.start > maxSearchedLength) return undefined;
  const names = [...new Set([...variants, ...tagged.map(({ name }) => name)])];
  return findVariants(text.slice(paper.start, paper.end), names).map((span) =>
    shiftedSpan(span, paper.start),
  );
}

function abbreviationOf({ name, start }: Entity, known: DocumentKnowledge): Abbreviation | undefined {
  const { paper, text } = known;
  const definitions = known.abbreviations.filter(
    ({ shortText, short }) => shortText === name && contains([paper], short),
  );
  const stated = definitionAt(definitions, start);
  if (stated || known.isComplete) return stated;
  const found = findIntroduction(name, text.slice(paper.start, paper.end));
  return found && shiftedAbbreviations([found], paper.start)[0];
}

/**
 * Finds the introduction of a short form, "long form (SF)", in the source text of an untagged document.
 *
 * The limits are those of the Schwartz-Hearst algorithm (2003): a short form has two to ten characters, and its long
 * form has at most twice as many words as the short form has characters.
 */
export function findIntroduction(name: string, text: string): Abbreviation | undefined {
  if (name.length < 2 || name.length > 10 || text.length > maxSearchedLength) return undefined;
  for (let at = text.indexOf(`(${name}`); at >= 0; at = text.indexOf(`(${name}`, at + 1)) {
    // The long form is in the same line; 300 characters are enough for its words.
    const start = Math.max(text.lastIndexOf('\n', at) + 1, at - 300);
    const excerpt = text.slice(start, at + name.length + 2);
    const match = findAbbreviations(excerpt).find(
      ({ short }) => excerpt.slice(short.start, short.end) === name,
    );
    if (match) return shiftAbbreviation(match.short, match.long, excerpt, start);
  }
  return undefined;
}

function shiftAbbreviation(short: Span, long: Span, excerpt: string, base: number): Abbreviation {
  const move = ({ start, end }: Span): Span => ({ start: start + base, end: end + base });
  const shortText = excerpt.slice(short.start, short.end);
  const longText = excerpt.slice(long.start, long.end);
  return { short: move(short), long: move(long), shortText, longText };
}

/** Returns up to `limit` mentions other than this one, the nearest ones, in document order. */
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

/** Returns the measured figures of the model for one type, one figure for each test set. */
export function figuresFor(type: string, measured: readonly Measured[]): readonly Measured[] {
  const bySet = new Map(
    measured.filter((figure) => figure.type === type).map((figure) => [figure.set, figure]),
  );
  return [...bySet.values()];
}
