import { groupByName } from '../../core/text/mentions';
import type { Abbreviation, Entity, EntityType } from '../../core/types';

/** What one document contributes to the list. */
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

/** All mentions of one name and type, across the documents that were given. */
export interface MentionGroup {
  readonly type: EntityType;
  /** Stable across refreshes: type and folded name. */
  readonly key: string;
  /** The commonest spelling, the first on a tie. */
  readonly name: string;
  /** All spellings, in order of first mention. */
  readonly spellings: readonly string[];
  /** In the order of the documents given, then of position. */
  readonly mentions: readonly Mention[];
}

/** The mentions of one spelling. */
interface Spelling {
  readonly first: Entity;
  readonly mentions: Mention[];
}

export interface GroupOptions {
  /** Awaited between slices of the work, so that 60,000 mentions never hold the event loop. */
  readonly pause: () => Promise<void>;
  /** Mentions handled between two pauses. */
  readonly sliceSize?: number;
}

/**
 * Groups mentions by type and name. Equal spellings are collected first, which is cheap, so that the
 * folding of names (case, Greek letters, abbreviations) runs once a spelling and not once a mention.
 */
export async function groupMentions(
  documents: readonly DocumentEntities[],
  options: GroupOptions,
): Promise<MentionGroup[]> {
  const sliceSize = options.sliceSize ?? 4000;
  const merged = new Map<string, GrowingGroup>();
  let sinceStart = 0;
  for (const { document, entities, abbreviations } of documents) {
    const spellings = new Map<string, Spelling>();
    for (const entity of entities) {
      if (++sinceStart % sliceSize === 0) await options.pause();
      const key = `${entity.type}\n${entity.name}`;
      const known = spellings.get(key);
      if (known) known.mentions.push({ document, entity });
      else spellings.set(key, { first: entity, mentions: [{ document, entity }] });
    }
    mergeDocument(merged, spellings, abbreviations);
  }
  return [...merged.values()].map((group) => ({
    ...group,
    name: commonest(group.spellings),
    spellings: [...group.spellings.keys()],
  }));
}

interface GrowingGroup {
  readonly type: EntityType;
  readonly key: string;
  readonly mentions: Mention[];
  readonly spellings: Map<string, number>;
}

function mergeDocument(
  merged: Map<string, GrowingGroup>,
  spellings: ReadonlyMap<string, Spelling>,
  abbreviations: readonly Abbreviation[],
): void {
  const representatives = [...spellings.values()].map((spelling) => spelling.first);
  for (const [type, groups] of groupByName(representatives, abbreviations)) {
    for (const { key: nameKey, mentions: firsts } of groups) {
      const key = `${type}\n${nameKey}`;
      const group = merged.get(key) ?? { type, key, mentions: [], spellings: new Map<string, number>() };
      merged.set(key, group);
      const found = firsts.flatMap((first) => spellings.get(`${type}\n${first.name}`)?.mentions ?? []);
      if (firsts.length > 1) found.sort((a, b) => a.entity.start - b.entity.start);
      for (const mention of found) {
        group.mentions.push(mention);
        group.spellings.set(mention.entity.name, (group.spellings.get(mention.entity.name) ?? 0) + 1);
      }
    }
  }
}

/** The first on a tie: a Map keeps the order of first mention. */
function commonest(spellings: ReadonlyMap<string, number>): string {
  let best = '';
  let most = 0;
  for (const [name, count] of spellings) {
    if (count > most) [best, most] = [name, count];
  }
  return best;
}
