/** The names of concepts in questions and passages, by a terminology. */
import { isWrittenAs } from '../linking/knownNames';
import { findTerms } from '../linking/termMatches';
import type { Terminology } from '../linking/terminology';
import { Memo } from '../memo';
import type { EntityType, Span } from '../types';
import { isOrdinaryWord } from './ordinaryWords';

/** A name in a text. */
export interface PassageName extends Span {
  /** The identifiers of the concepts that it may name, the likeliest first. */
  readonly ids: readonly string[];
  readonly types: ReadonlySet<EntityType>;
}

/** Finds the names in a text, in order and without overlaps. */
export type NameReader = (text: string) => readonly PassageName[];

/** Number of texts whose names are remembered: more than the sentences of the passages of most questions. */
const maxTexts = 512;

/** A reader that remembers the names of the texts that it has read. */
export function rememberedNames(names: NameReader): NameReader {
  const known = new Memo<string, readonly PassageName[]>(maxTexts);
  return (text) => known.get(text, () => names(text));
}

/** More senses are those of genes of many species, which add no type. */
const maxSenses = 8;

/** Creates a reader that knows the names of a terminology; of names that overlap it takes the longest. */
export function createNameReader(terminology: Terminology): NameReader {
  return (text) => {
    const found: PassageName[] = [];
    const matches = findTerms(text, terminology).sort(
      (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start,
    );
    for (const { start, end, senses } of matches) {
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const written = text.slice(start, end);
      if (isOrdinaryWord(written.toLowerCase()) && !/\p{Lu}/u.test(written.slice(1))) continue;
      const concepts = senses
        .map((sense) => ({ sense, concept: terminology.conceptAt(sense.concept) }))
        .filter(({ sense, concept }) => isWrittenAs(written, sense, concept))
        .slice(0, maxSenses);
      if (concepts.length === 0) continue;
      const ids = concepts.map(({ concept }) => concept.id);
      found.push({ start, end, ids, types: new Set(concepts.map(({ concept }) => concept.type)) });
    }
    return found.sort((a, b) => a.start - b.start);
  };
}
