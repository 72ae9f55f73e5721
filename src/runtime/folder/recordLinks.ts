/** The links of entities as a record stores them: each concept once, however many mentions refer to it. */
import type { ConceptLink, Entity, LinkMethod } from '../../core/types';

/** The stored form is an index into this list. A change needs another version of records. */
const methods: readonly LinkMethod[] = ['name', 'spelling', 'abbreviation', 'context', 'user'];

export interface StoredLinks {
  readonly concepts: readonly (readonly [id: string, name: string, source: string, species?: string])[];
  /** For each linked entity: its index, then for each of its concepts the indices of the concept and of the method. */
  readonly links: readonly (readonly number[])[];
}

/** Converts the links of entities. */
export function encodeLinks(entities: readonly Entity[]): StoredLinks {
  const indices = new Map<string, number>();
  const concepts: StoredLinks['concepts'][number][] = [];
  const indexOf = ({ id, name, source, species }: ConceptLink): number => {
    const stored =
      species === undefined ? ([id, name, source] as const) : ([id, name, source, species] as const);
    const key = JSON.stringify(stored);
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, concepts.length);
    return concepts.push(stored) - 1;
  };
  const links = entities.flatMap(({ concepts: own }, index) =>
    own === undefined || own.length === 0
      ? []
      : [[index, ...own.flatMap((link) => [indexOf(link), methods.indexOf(link.method)])]],
  );
  return { concepts, links };
}

/**
 * Converts stored links back, for the entities of the same record.
 *
 * @returns the entities with their concepts; undefined if the record is damaged.
 */
export function decodeLinks(
  entities: readonly Entity[],
  { concepts, links }: StoredLinks,
): readonly Entity[] | undefined {
  const decoded = [...entities];
  const shared = new Map<string, ConceptLink>();
  for (const [index = -1, ...pairs] of links) {
    const entity = decoded[index];
    const own: ConceptLink[] = [];
    for (let at = 0; at < pairs.length; at += 2) {
      const link = linkOf(pairs[at], pairs[at + 1], concepts, shared);
      if (link) own.push(link);
    }
    if (!entity || own.length === 0 || 2 * own.length !== pairs.length) return undefined;
    decoded[index] = { ...entity, concepts: own };
  }
  return decoded;
}

/** @param shared Links that were decoded before, since many mentions have the same one. */
function linkOf(
  concept = -1,
  methodIndex = -1,
  concepts: StoredLinks['concepts'],
  shared: Map<string, ConceptLink>,
): ConceptLink | undefined {
  const key = `${concept} ${methodIndex}`;
  const known = shared.get(key);
  if (known) return known;
  const stored = concepts[concept];
  const method = methods[methodIndex];
  if (!stored || !method) return undefined;
  const [id, name, source, species] = stored;
  const link = { id, name, source, ...(species !== undefined && { species }), method };
  shared.set(key, link);
  return link;
}

export function isStoredLinks(value: Partial<Record<keyof StoredLinks, unknown>>): value is StoredLinks {
  const { concepts, links } = value;
  return (
    Array.isArray(concepts) &&
    concepts.every((row) => isList(row, (item) => typeof item === 'string') && row.length >= 3) &&
    Array.isArray(links) &&
    links.every((row) => isList(row, (item) => Number.isSafeInteger(item)))
  );
}

function isList(value: unknown, test: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(test);
}
