import type { CuratedName, Curation, EntityDecision } from '../../core/curation/decisions';
import { nameKey } from '../../core/text/mentions';

/** Returns the decision that a visible entity is based on. Its type may be the one that a person chose. */
export function decisionForName(
  { name, type }: CuratedName,
  { decisions }: Curation,
): EntityDecision | undefined {
  const key = nameKey(name);
  return decisions.entities.find(
    (decision) => decision.type === type && decision.verdict !== 'rejected' && nameKey(decision.name) === key,
  );
}

export function isCuratedName(name: CuratedName, curation: Curation): boolean {
  return decisionForName(name, curation) !== undefined;
}
