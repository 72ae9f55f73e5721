/** The other names of a concept in a document. Pure. */
import { groupBy } from '../../core/groupBy';
import { commonest } from '../../core/mostFrequent';
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
  const others = mentions.filter((mention) => nameKey(mention.name) !== own);
  return [...groupBy(others, (mention) => nameKey(mention.name)).values()]
    .map((all) => ({ name: commonest(all, spellingOf)?.name ?? '', mentions: all }))
    .sort((a, b) => b.mentions.length - a.mentions.length);
}

function spellingOf({ name }: Entity): string {
  return name;
}
