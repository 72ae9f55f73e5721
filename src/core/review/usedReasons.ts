import { notRetrievedReason } from './prisma';
import type { ReviewState } from './reviewState';

/** More reasons than anybody reads through; others are typed. */
const maxReasons = 20;

/**
 * The reasons for exclusions that were given in a review in words of the reviewers' own, the most used first. Criteria of the
 * protocol are left out, because they are offered anyway. Spellings that differ in case only are one reason.
 */
export function usedReasons({ records, settings, screening }: ReviewState): readonly string[] {
  const known = new Set([...settings.criteria.exclude, notRetrievedReason].map(folded));
  const counts = new Map<string, { readonly reason: string; count: number }>();
  for (const { id } of records) {
    const decisions = settings.phases.flatMap((phase) => screening.decisions(id, phase));
    for (const { choice, reason = '' } of decisions) {
      const key = folded(reason);
      // Numbers alone say nothing to a reader.
      if (choice !== 'exclude' || known.has(key) || !/\p{L}/u.test(key)) continue;
      const entry = counts.get(key) ?? { reason: reason.trim(), count: 0 };
      entry.count += 1;
      counts.set(key, entry);
    }
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason))
    .slice(0, maxReasons)
    .map(({ reason }) => reason);
}

function folded(reason: string): string {
  return reason.trim().toLowerCase();
}
