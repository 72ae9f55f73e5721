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

export interface GroupOptions {
  /** Folds what spellings of one name differ in; see `nameKey`. Remembering pays: names come again and again. */
  readonly keyOf: (name: string) => string;
  /** Asked all along; what it returns is awaited, so that 60,000 mentions never hold the event loop. */
  readonly pace: () => Promise<void> | undefined;
}

interface GrowingGroup {
  readonly type: EntityType;
  readonly key: string;
  readonly mentions: Mention[];
  readonly spellings: Map<string, number>;
}

/** Groups mentions by type and name; within a document an abbreviation and its long form are one name. */
export async function groupMentions(
  documents: readonly DocumentEntities[],
  { keyOf, pace }: GroupOptions,
): Promise<MentionGroup[]> {
  const groups = new Map<string, GrowingGroup>();
  for (const { document, entities, abbreviations } of documents) {
    const longKeys = keysOfLongForms(abbreviations, keyOf);
    // Spellings of this document that were met before: folding a name costs more than all the rest.
    const bySpelling = new Map<string, GrowingGroup>();
    for (const entity of entities) {
      const rest = pace();
      if (rest) await rest;
      const spelling = `${entity.type}\n${entity.name}`;
      let group = bySpelling.get(spelling);
      if (!group) {
        const key = keyOf(entity.name);
        group = groupOf(groups, entity.type, longKeys.get(key) ?? key);
        bySpelling.set(spelling, group);
      }
      group.mentions.push({ document, entity });
      group.spellings.set(entity.name, (group.spellings.get(entity.name) ?? 0) + 1);
    }
  }
  return Array.from(groups.values(), (group) => ({
    ...group,
    name: commonest(group.spellings),
    spellings: [...group.spellings.keys()],
  }));
}

/** Short forms take the key of their long form, the first one that is introduced. */
function keysOfLongForms(
  abbreviations: readonly Abbreviation[],
  keyOf: (name: string) => string,
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const { shortText, longText } of abbreviations) {
    const short = keyOf(shortText);
    if (!keys.has(short)) keys.set(short, keyOf(longText));
  }
  return keys;
}

function groupOf(groups: Map<string, GrowingGroup>, type: EntityType, nameKey: string): GrowingGroup {
  const key = `${type}\n${nameKey}`;
  const known = groups.get(key);
  if (known) return known;
  const made: GrowingGroup = { type, key, mentions: [], spellings: new Map() };
  groups.set(key, made);
  return made;
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
