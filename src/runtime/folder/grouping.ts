import { canonicalKeys } from '../../core/text/mentions';
import { conceptKey } from '../../core/linking/conceptKey';
import { mostFrequent } from '../../core/mostFrequent';
import type { Abbreviation, ConceptLink, Entity, EntityType, PublicationPlace } from '../../core/types';
import type { TerminologyInfo } from '../../protocol/engine';

/** The entities of one document. */
export interface DocumentEntities {
  /** The document's URI as a string. */
  readonly document: string;
  /** In document order. */
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  /** The terminology that the entities were linked to; undefined if they were not. */
  readonly terminology?: TerminologyInfo | undefined;
  /** The publications that the document names, in its order. Default: none are known. */
  readonly publications?: readonly PublicationPlace[] | undefined;
  /** Whether only parts of the document were tagged. Default: false. */
  readonly isPartial?: boolean | undefined;
}

/** A spelling of a name, with the number of its mentions. */
export interface Spelling {
  readonly name: string;
  readonly count: number;
}

export interface Mention {
  readonly document: string;
  readonly entity: Entity;
}

/** All mentions of one concept, or of one name that is not linked, in the given documents. */
export interface MentionGroup {
  readonly type: EntityType;
  /** Type and concept or normalised name. It is stable across refreshes. */
  readonly key: string;
  /** The most frequent spelling; on a tie the first one. */
  readonly name: string;
  /** All spellings, in order of first mention. */
  readonly spellings: readonly Spelling[];
  /** The concepts that all mentions refer to; undefined if they are not linked. */
  readonly concepts: readonly ConceptLink[] | undefined;
  /** True if the terminology has no concept for the name: it was sought in at least one document. */
  readonly isUnknown: boolean;
  /** In the order of the given documents, then by position. */
  readonly mentions: readonly Mention[];
}

export interface GroupOptions {
  /** Normalises a name; see `nameKey`. It should cache, since names are repeated often. */
  readonly keyOf: (name: string) => string;
  /** Called for each entity. A returned promise is awaited, so that 60,000 entities do not block the event loop. */
  readonly pace: () => Promise<void> | undefined;
}

interface GrowingGroup {
  readonly type: EntityType;
  readonly key: string;
  readonly concepts: readonly ConceptLink[] | undefined;
  isUnknown: boolean;
  readonly mentions: Mention[];
  readonly spellings: Map<string, number>;
}

/**
 * Groups mentions by type and concept. Mentions that are not linked are grouped by name; within a document, an
 * abbreviation and its long form are one name.
 */
export async function groupMentions(
  documents: readonly DocumentEntities[],
  { keyOf, pace }: GroupOptions,
): Promise<MentionGroup[]> {
  const groups = new Map<string, GrowingGroup>();
  for (const { document, entities, abbreviations, terminology } of documents) {
    const canonical = canonicalKeys(abbreviations, onceEach(keyOf));
    for (const entity of entities) {
      const pause = pace();
      if (pause) await pause;
      const concept = conceptKey(entity);
      // The sign keeps an identifier apart from a name, since normalised names have no signs.
      const key = concept === undefined ? canonical(entity.name, entity.start) : `#${concept}`;
      const group = groupOf(groups, entity, key);
      if (terminology && concept === undefined) group.isUnknown = true;
      group.mentions.push({ document, entity });
      group.spellings.set(entity.name, (group.spellings.get(entity.name) ?? 0) + 1);
    }
  }
  return Array.from(groups.values(), (group) => ({
    ...group,
    name: mostFrequent(group.spellings) ?? '',
    spellings: [...group.spellings].map(([name, count]) => ({ name, count })),
  }));
}

/** Caches the results of a function, because normalising a name is the most expensive step. */
function onceEach(keyOf: (name: string) => string): (name: string) => string {
  const keys = new Map<string, string>();
  return (name) => {
    const key = keys.get(name) ?? keyOf(name);
    keys.set(name, key);
    return key;
  };
}

function groupOf(
  groups: Map<string, GrowingGroup>,
  { type, concepts }: Entity,
  ownKey: string,
): GrowingGroup {
  const key = `${type}\n${ownKey}`;
  const existing = groups.get(key);
  if (existing) return existing;
  const group: GrowingGroup = {
    type,
    key,
    concepts: concepts?.length ? concepts : undefined,
    isUnknown: false,
    mentions: [],
    spellings: new Map(),
  };
  groups.set(key, group);
  return group;
}
