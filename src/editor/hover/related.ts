import { nameKey } from '../../core/text/mentions';
import type { Entity, Relation, Span } from '../../core/types';

export interface RelatedName {
  readonly name: string;
  readonly relation: string;
  readonly probability: number;
  /** The sentence that says so. */
  readonly evidence: Span;
}

/** More would not be read. */
const shownNames = 4;

/** What a name is related to, the most probable first, each name once; what the text denies is left out. */
export function relatedNames(
  entity: Pick<Entity, 'name' | 'type'>,
  relations: readonly Relation[],
): readonly RelatedName[] {
  const key = nameKey(entity.name);
  const isIt = ({ name, type }: Entity): boolean => type === entity.type && nameKey(name) === key;
  const found = new Map<string, RelatedName>();
  const byProbability = [...relations].sort((a, b) => b.probability - a.probability);
  for (const { subject, object, type, probability, evidence, negated } of byProbability) {
    if (negated || isIt(subject) === isIt(object)) continue;
    const other = isIt(subject) ? object : subject;
    const otherKey = `${other.type}\n${nameKey(other.name)}`;
    if (!found.has(otherKey))
      found.set(otherKey, { name: other.name, relation: type, probability, evidence });
  }
  return [...found.values()].slice(0, shownNames);
}
