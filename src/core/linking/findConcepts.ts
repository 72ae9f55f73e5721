import { bySpan } from '../spanOrder';
import type { Concept, EntityType, Span } from '../types';
import { isWrittenAs } from './knownNames';
import { termKey } from './termKey';
import { findTerms, type TermMatch } from './termMatches';
import type { Terminology, TermSense } from './terminology';

/** A concept with its names. */
export interface FoundConcept extends Concept {
  readonly type: EntityType;
  /** Names other than the preferred one, normalised: in lower case, without hyphens. At most {@link maxSynonyms}. */
  readonly synonyms: readonly string[];
  /** The part of the text that names the concept. Undefined for a search by name. */
  readonly mention?: Span | undefined;
}

export interface FindOptions {
  /** Default: all types. */
  readonly type?: EntityType | undefined;
  readonly limit: number;
}

const maxSynonyms = 100;
/** Names that begin with a text are read up to this number; `a` begins too many. */
const maxKeys = 2000;

/** The concepts with an identifier or a name, then those with a name that begins with it, the more frequent ones first. */
export function conceptsNamed(
  name: string,
  terminology: Terminology,
  { type, limit }: FindOptions,
): FoundConcept[] {
  const key = termKey(name);
  if (key === '') return [];
  const byId = terminology.header.types.flatMap((each) => terminology.indexOf(name.trim(), each) ?? []);
  const exact = [...byId, ...terminology.lookUp(key).map(({ concept }) => concept)];
  const longer = new Set<number>();
  let read = 0;
  for (const { senses } of terminology.keysFrom(key)) {
    if (++read > maxKeys) break;
    for (const { concept, rank } of senses) if (rank !== 'weak') longer.add(concept);
  }
  const isWanted = (concept: number) => type === undefined || terminology.conceptAt(concept).type === type;
  const frequency = (concept: number) => terminology.conceptAt(concept).frequency;
  const others = [...longer]
    .filter((concept) => !exact.includes(concept))
    .sort((a, b) => frequency(b) - frequency(a));
  return described([...exact, ...others].filter(isWanted).slice(0, limit), terminology);
}

/** The concepts that a text names, in its order. Of overlapping names the longest counts. */
export function conceptsInText(
  text: string,
  terminology: Terminology,
  { type, limit }: FindOptions,
): FoundConcept[] {
  const found: { readonly concept: number; readonly mention: Span }[] = [];
  let covered = 0;
  const matches = findTerms(text, terminology).sort(bySpan);
  for (const match of matches) {
    const { start, end } = match;
    const sense = start < covered ? undefined : bestSense(match, text, terminology, type);
    if (sense === undefined) continue;
    covered = end;
    found.push({ concept: sense.concept, mention: { start, end } });
    if (found.length === limit) break;
  }
  const concepts = described(
    found.map(({ concept }) => concept),
    terminology,
  );
  return concepts.map((concept, i) => ({ ...concept, mention: found[i]?.mention }));
}

/** The likeliest sense of a match that is written as the terminology writes it: `was` is no gene, although `WAS` is. */
function bestSense(
  { start, end, senses }: TermMatch,
  text: string,
  terminology: Terminology,
  type: EntityType | undefined,
): TermSense | undefined {
  return senses.find((sense) => {
    const concept = terminology.conceptAt(sense.concept);
    if (type !== undefined && concept.type !== type) return false;
    return isWrittenAs(text.slice(start, end), sense, concept);
  });
}

function described(concepts: readonly number[], terminology: Terminology): FoundConcept[] {
  const names = terminology.namesOf(concepts, maxSynonyms);
  return concepts.map((index) => {
    const concept = terminology.conceptAt(index);
    const preferred = termKey(concept.name);
    const synonyms = (names.get(index) ?? []).filter((name) => name !== preferred);
    return { ...terminology.describe(concept), type: concept.type, synonyms };
  });
}
