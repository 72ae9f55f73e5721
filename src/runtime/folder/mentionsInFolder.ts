/** Finds the mentions of a concept or a name in tagged documents, those in copies of a paper once. Pure. */
import { groupBy } from '../../core/groupBy';
import { papersOf } from '../../core/records/paperCount';
import type { Entity } from '../../core/types';
import { publicationIn } from '../../core/records/publicationIn';
import type { DocumentEntities, Mention, MentionGroup } from './grouping';

/** A place in a document. */
export interface MentionPlace {
  readonly document: string;
  readonly offset: number;
}

/** The mentions in one paper, or in a document that names no publication. */
export interface PaperMentions {
  readonly document: string;
  /** Whether the document names the publication. */
  readonly isPublication: boolean;
  /** Whether the reader's place is in it. */
  readonly isHere: boolean;
  readonly mentions: readonly Mention[];
}

export interface FolderMentions {
  /** In the order of the documents. */
  readonly papers: readonly PaperMentions[];
  /** Number of mentions in other copies of these papers, which are left out. */
  readonly copied: number;
}

/**
 * Finds mentions for the list of all mentions and for the count in a hover, so that both tell the same number. Of the copies
 * of a paper, the one at the reader's place counts, else the one with most mentions, else the first.
 *
 * @param here The reader's place. Default: there is none.
 */
export function mentionsInFolder(
  documents: Iterable<DocumentEntities>,
  isWanted: (entity: Entity) => boolean,
  here?: MentionPlace,
): FolderMentions {
  const places = [...documents].flatMap((document) => placesIn(document, isWanted, here));
  const numbers = papersOf(places.map(({ stated }) => stated));
  const best = new Map<number, FoundPlace>();
  for (const [index, place] of places.entries()) {
    const number = numbers[index] ?? index;
    const known = best.get(number);
    if (!known || isBetter(place, known)) best.set(number, place);
  }
  const kept = new Set(best.values());
  const papers = places.filter((place) => kept.has(place) && place.mentions.length > 0);
  return { papers, copied: countMentions(places).mentions - countMentions(papers).mentions };
}

/** Numbers of mentions, of the publications with them, and of the documents with them that name no publication. */
export interface MentionCounts {
  readonly mentions: number;
  readonly papers: number;
  readonly documents: number;
}

/** Counts mentions that {@link mentionsInFolder} has found. */
export function countMentions(found: readonly PaperMentions[]): MentionCounts {
  const others = found.filter(({ isPublication }) => !isPublication);
  return {
    mentions: found.reduce((sum, { mentions }) => sum + mentions.length, 0),
    papers: found.length - others.length,
    documents: new Set(others.map(({ document }) => document)).size,
  };
}

/**
 * Counts the mentions of a group, those in copies of a paper once, as the list of them does.
 *
 * @param documents The documents of the group by their names.
 */
export function countGroup(
  { mentions }: Pick<MentionGroup, 'mentions'>,
  documents: ReadonlyMap<string, DocumentEntities>,
): number {
  const own = Array.from(
    groupBy(mentions, ({ document }) => document),
    ([document, found]) => ({
      document,
      abbreviations: [],
      publications: documents.get(document)?.publications,
      entities: found.map(({ entity }) => entity),
    }),
  );
  return countMentions(mentionsInFolder(own, () => true).papers).mentions;
}

interface FoundPlace extends PaperMentions {
  readonly stated: { readonly publication: string | undefined; readonly citation: string | undefined };
}

/** The publications of a document with mentions, and the reader's one. */
function placesIn(
  { document, entities, publications }: DocumentEntities,
  isWanted: (entity: Entity) => boolean,
  here: MentionPlace | undefined,
): readonly FoundPlace[] {
  const places = new Map<number | undefined, FoundPlace & { readonly mentions: Mention[] }>();
  const placeAt = (offset: number): FoundPlace & { readonly mentions: Mention[] } => {
    const found = publicationIn(publications, offset);
    const key = found?.start;
    const known = places.get(key);
    if (known) return known;
    const stated = { publication: found?.name, citation: found?.id };
    const isPublication = found?.name !== undefined;
    const place = { document, stated, isPublication, isHere: false, mentions: [] };
    places.set(key, place);
    return place;
  };
  const own = here?.document === document ? placeAt(here.offset) : undefined;
  for (const entity of entities)
    if (isWanted(entity)) placeAt(entity.start).mentions.push({ document, entity });
  return [...places.values()].map((place) => (place === own ? { ...place, isHere: true } : place));
}

function isBetter(a: FoundPlace, b: FoundPlace): boolean {
  if (a.isHere !== b.isHere) return a.isHere;
  if (a.mentions.length !== b.mentions.length) return a.mentions.length > b.mentions.length;
  return a.document < b.document;
}
