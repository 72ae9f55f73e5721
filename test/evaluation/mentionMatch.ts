/** Which gold mention a told one is, so that relations on predicted mentions can be held to the gold ones. */
import type { Entity } from '../../src/core/types';
import type { RelationText } from './relationCorpus';

/** `strict`: same borders and type. `overlap`: same type and a character in common. */
export type MentionMatch = 'strict' | 'overlap';

/** @returns the gold keys of what a told mention names: none where no gold mention matches it. */
export function goldKeysOf({ keysOf }: Pick<RelationText, 'keysOf'>, match: MentionMatch) {
  return (told: Entity): readonly string[] => {
    const matching = [...keysOf].filter(
      ([gold]) => gold.type === told.type && sharedCharacters(gold, told) > 0,
    );
    const same = matching.filter(([gold]) => gold.start === told.start && gold.end === told.end);
    const kept = match === 'strict' || same.length > 0 ? same : nearest(matching, told);
    return kept.flatMap(([, keys]) => keys);
  };
}

/** Of nested mentions that a told one overlaps, it is held to be the one it shares the most with. */
function nearest<T>(matching: readonly (readonly [Entity, T])[], told: Entity): (readonly [Entity, T])[] {
  const unshared = ([gold]: readonly [Entity, T]) =>
    gold.end - gold.start + (told.end - told.start) - 2 * sharedCharacters(gold, told);
  const least = Math.min(...matching.map(unshared));
  return matching.filter((each) => unshared(each) === least).slice(0, 1);
}

function sharedCharacters(a: Entity, b: Entity): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}
