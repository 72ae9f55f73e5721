import { sentenceKeys } from '../../core/records/copiedSentences';
import { lettersOf } from '../../core/records/publicationKeys';
import type { RelationItem } from './relationItem';

/** A relation, with the same relation in copies of its paper. */
export interface UniqueRelation {
  readonly item: RelationItem;
  /** In the order of their places. Default: there are none. */
  readonly copies: readonly RelationItem[];
}

/**
 * Joins relations that the same sentence states in copies of one paper, such as the abstract that two databases have
 * exported. The relation is kept in the copy that the user has decided on or pinned, else in the first copy by the name of
 * its document and its place in it.
 *
 * @param isPreferred Whether the user has decided on a relation or pinned it. Called only for relations with copies.
 * @returns the relations in the order of `items`.
 */
export function withoutCopies(
  items: readonly RelationItem[],
  isPreferred: (item: RelationItem) => boolean,
): readonly UniqueRelation[] {
  const keys = relationKeys(items);
  const byKey = new Map<string, RelationItem[]>();
  for (const [index, item] of items.entries()) {
    const key = keys[index];
    if (key === undefined) continue;
    const same = byKey.get(key);
    if (same) same.push(item);
    else byKey.set(key, [item]);
  }
  const kept = new Map<RelationItem, readonly RelationItem[]>();
  const dropped = new Set<RelationItem>();
  for (const same of byKey.values()) {
    if (same.length < 2) continue;
    const [first, ...others] = groupsByPlace(same, isPreferred);
    const [item] = first ?? [];
    if (!item) continue;
    kept.set(
      item,
      others.flatMap(([copy]) => copy ?? []),
    );
    for (const copy of others.flat()) dropped.add(copy);
  }
  return items.flatMap((item) => (dropped.has(item) ? [] : [{ item, copies: kept.get(item) ?? [] }]));
}

/** Equal for the same relation in the same sentence of a paper. Undefined for a sentence without copies. */
function relationKeys(items: readonly RelationItem[]): readonly (string | undefined)[] {
  const sentences = items.map(({ located: { relation, evidence } }) => {
    const { publication, citation } = relation;
    return { publication, citation, text: evidence.text };
  });
  return sentenceKeys(sentences).map((sentence, index) => {
    const relation = items[index]?.located.relation;
    if (sentence === undefined || !relation) return undefined;
    // Two documents may link a name to two concepts, but a copy has the same words.
    const names = [relation.subject, relation.object].map(({ name }) => lettersOf(name) || name);
    return JSON.stringify([sentence, relation.type, ...names]);
  });
}

/** The relations of each copy of a sentence, the copy to keep first. A sentence may state a relation twice. */
function groupsByPlace(
  same: readonly RelationItem[],
  isPreferred: (item: RelationItem) => boolean,
): readonly (readonly RelationItem[])[] {
  const places = new Map<string, RelationItem[]>();
  for (const item of same.toSorted(byPlace)) {
    const place = `${item.document}\n${item.located.relation.evidence.start}`;
    const known = places.get(place);
    if (known) known.push(item);
    else places.set(place, [item]);
  }
  const rank = (items: readonly RelationItem[]): number => (items.some(isPreferred) ? 0 : 1);
  return places.size < 2 ? [...places.values()] : [...places.values()].sort((a, b) => rank(a) - rank(b));
}

function byPlace(a: RelationItem, b: RelationItem): number {
  if (a.document !== b.document) return a.document < b.document ? -1 : 1;
  const start = ({ located }: RelationItem): number => located.relation.evidence.start;
  return start(a) - start(b) || a.id - b.id;
}
