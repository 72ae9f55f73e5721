import { canonicalKeys } from '../../core/text/mentions';
import type { Abbreviation, Entity, EntityType } from '../../core/types';

/** The entities of one document. */
export interface DocumentEntities {
  /** The document's URI as a string. */
  readonly document: string;
  /** In document order. */
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
}

export interface Mention {
  readonly document: string;
  readonly entity: Entity;
}

/** All mentions of one name and type in the given documents. */
export interface MentionGroup {
  readonly type: EntityType;
  /** Type and normalised name. It is stable across refreshes. */
  readonly key: string;
  /** The most frequent spelling; on a tie the first one. */
  readonly name: string;
  /** All spellings, in order of first mention. */
  readonly spellings: readonly string[];
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
  readonly mentions: Mention[];
  readonly spellings: Map<string, number>;
}

/** Groups mentions by type and name. Within a document, an abbreviation and its long form are one name. */
export async function groupMentions(
  documents: readonly DocumentEntities[],
  { keyOf, pace }: GroupOptions,
): Promise<MentionGroup[]> {
  const groups = new Map<string, GrowingGroup>();
  for (const { document, entities, abbreviations } of documents) {
    const canonical = canonicalKeys(abbreviations, onceEach(keyOf));
    for (const entity of entities) {
      const pause = pace();
      if (pause) await pause;
      const group = groupOf(groups, entity.type, canonical(entity.name, entity.start));
      group.mentions.push({ document, entity });
      group.spellings.set(entity.name, (group.spellings.get(entity.name) ?? 0) + 1);
    }
  }
  return Array.from(groups.values(), (group) => ({
    ...group,
    name: mostFrequent(group.spellings),
    spellings: [...group.spellings.keys()],
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

function groupOf(groups: Map<string, GrowingGroup>, type: EntityType, nameKey: string): GrowingGroup {
  const key = `${type}\n${nameKey}`;
  const existing = groups.get(key);
  if (existing) return existing;
  const group: GrowingGroup = { type, key, mentions: [], spellings: new Map() };
  groups.set(key, group);
  return group;
}

/** Returns the first one on a tie, since a Map keeps the order of insertion. */
function mostFrequent(spellings: ReadonlyMap<string, number>): string {
  let best = '';
  let most = 0;
  for (const [name, count] of spellings) {
    if (count > most) [best, most] = [name, count];
  }
  return best;
}
