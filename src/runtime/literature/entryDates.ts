import type { EntryDates } from './eutils';

/** Days since the beginning of 1970. */
type Day = number;

const dayMs = 86_400_000;

/** Far beyond the oldest and the newest record of PubMed. */
export const allDates: EntryDates = { from: '1700/01/01', to: '3000/12/31' };

/** Halves a range of days. Returns undefined for a range of one day. */
export function halves({ from, to }: EntryDates): readonly [EntryDates, EntryDates] | undefined {
  const [first, last] = [dayOf(from), dayOf(to)];
  if (first >= last) return undefined;
  const middle = Math.floor((first + last) / 2);
  return [
    { from, to: dateOf(middle) },
    { from: dateOf(middle + 1), to },
  ];
}

function dayOf(date: string): Day {
  return Date.parse(`${date.replaceAll('/', '-')}T00:00:00Z`) / dayMs;
}

function dateOf(day: Day): string {
  return new Date(day * dayMs).toISOString().slice(0, 10).replaceAll('-', '/');
}
