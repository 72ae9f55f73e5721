import type { CuratedName, Curation, EntityDecision } from '../../core/curation/decisions';
import { nameKey } from '../../core/text/mentions';

/** The decision that a name on show stands by: its type may be the one that a person gave. */
export function decisionAbout(
  { name, type }: CuratedName,
  { decisions }: Curation,
): EntityDecision | undefined {
  const key = nameKey(name);
  return decisions.entities.find(
    (decision) => decision.type === type && decision.verdict !== 'rejected' && nameKey(decision.name) === key,
  );
}

export function isCuratedName(name: CuratedName, curation: Curation): boolean {
  return decisionAbout(name, curation) !== undefined;
}
