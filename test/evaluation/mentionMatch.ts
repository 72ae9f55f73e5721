/** Matches predicted mentions with gold mentions, so that relations between them can be compared. */
import type { Entity } from '../../src/core/types';
import type { RelationText } from './relationCorpus';

/** `strict`: same borders and type. `overlap`: same type and a character in common. */
export type MentionMatch = 'strict' | 'overlap';

/** @returns a function that gives the gold keys of a predicted mention; empty if no gold mention matches it. */
export function goldKeysOf({ keysOf }: Pick<RelationText, 'keysOf'>, match: MentionMatch) {
  return (predicted: Entity): readonly string[] => {
    const matching = [...keysOf].filter(
      ([gold]) => gold.type === predicted.type && sharedCharacters(gold, predicted) > 0,
    );
    const same = matching.filter(([gold]) => gold.start === predicted.start && gold.end === predicted.end);
    const kept = match === 'strict' || same.length > 0 ? same : nearest(matching, predicted);
    return kept.flatMap(([, keys]) => keys);
  };
}

/** Chooses, among nested gold mentions that a predicted one overlaps, the one with the largest overlap. */
function nearest<T>(
  matching: readonly (readonly [Entity, T])[],
  predicted: Entity,
): (readonly [Entity, T])[] {
  const unshared = ([gold]: readonly [Entity, T]) =>
    gold.end - gold.start + (predicted.end - predicted.start) - 2 * sharedCharacters(gold, predicted);
  const least = Math.min(...matching.map(unshared));
  return matching.filter((each) => unshared(each) === least).slice(0, 1);
}

function sharedCharacters(a: Entity, b: Entity): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}
