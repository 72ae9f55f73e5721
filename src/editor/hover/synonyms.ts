/** The other names of a concept in a document. Pure. */
import { nameKey } from '../../core/text/mentions';
import type { Entity } from '../../core/types';

/** A name with its mentions. */
export interface Synonym {
  /** The most frequent spelling; on a tie the first one. */
  readonly name: string;
  /** In document order. */
  readonly mentions: readonly Entity[];
}

/**
 * Returns the names of mentions other than one name, most frequent first. Spellings that differ only in letter case,
 * hyphens or a plural ending are one name.
 */
export function synonymsOf(name: string, mentions: readonly Entity[]): readonly Synonym[] {
  const own = nameKey(name);
  const byKey = new Map<string, Entity[]>();
  for (const mention of mentions) {
    const key = nameKey(mention.name);
    if (key === own) continue;
    const known = byKey.get(key);
    if (known) known.push(mention);
    else byKey.set(key, [mention]);
  }
  return [...byKey.values()]
    .map((all) => ({ name: mostFrequent(all), mentions: all }))
    .sort((a, b) => b.mentions.length - a.mentions.length);
}

function mostFrequent(mentions: readonly Entity[]): string {
  const counts = new Map<string, number>();
  for (const { name } of mentions) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [[first] = ['']] = [...counts].sort(([, a], [, b]) => b - a);
  return first;
}
