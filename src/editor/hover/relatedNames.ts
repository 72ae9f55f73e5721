import { conceptKey } from '../../core/linking/conceptKey';
import { nameKey } from '../../core/text/mentions';
import type { Entity, Relation, Span } from '../../core/types';
import { isSameSubject } from '../../runtime/folder/sameConcept';

export interface RelatedName {
  readonly name: string;
  readonly relation: string;
  readonly probability: number;
  /** The sentence that supports the relation. */
  readonly evidence: Span;
}

/** Maximum number of related names in a hover. */
const maxNames = 4;

/**
 * Returns the names that are related to a name or its concept, most probable first, each concept once. Negated and less
 * certain relations are left out.
 */
export function relatedNames(
  entity: Pick<Entity, 'name' | 'type' | 'concepts'>,
  relations: readonly Relation[],
): readonly RelatedName[] {
  const isSame = (other: Entity): boolean => isSameSubject(entity, other);
  const related = new Map<string, RelatedName>();
  const byProbability = [...relations].sort((a, b) => b.probability - a.probability);
  for (const { subject, object, type, probability, evidence, negated, isTentative } of byProbability) {
    if (negated || isTentative || isSame(subject) === isSame(object)) continue;
    const other = isSame(subject) ? object : subject;
    const otherKey = `${other.type}\n${conceptKey(other) ?? nameKey(other.name)}`;
    if (!related.has(otherKey))
      related.set(otherKey, { name: other.name, relation: type, probability, evidence });
  }
  return [...related.values()].slice(0, maxNames);
}
