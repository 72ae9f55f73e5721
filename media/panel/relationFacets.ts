/** Finds what the filters offer: the types, names, papers and years of the listed relations. Without side effects. */
import type { RelationRow } from '../../src/protocol/panel';
import type { NameGroups } from './nameGroups';
import type { PickerChoice } from './pickerChoices';

/** All relation types in the rows, most frequent first. */
export function typesOf(rows: readonly RelationRow[]): readonly string[] {
  return mostFrequent(rows.map(({ type }) => type)).map(([type]) => type);
}

/** The types of all subjects and objects, most frequent first. */
export function entityTypesOf(rows: readonly RelationRow[]): readonly string[] {
  return mostFrequent(rows.flatMap(partnersOf(({ type }) => type))).map(([type]) => type);
}

/** The names in the rows, those of one concept as one choice, most frequent first. */
export function nameChoices(rows: readonly RelationRow[], names: NameGroups): readonly PickerChoice[] {
  return mostFrequent(rows.flatMap(partnersOf(({ key }) => key))).flatMap(([key, count]) => {
    const group = names.get(key);
    if (!group) return [];
    return { value: key, label: group.label, note: group.type, count, searchText: group.searchText };
  });
}

/** The papers in the rows, by name. */
export function paperChoices(rows: readonly RelationRow[]): readonly PickerChoice[] {
  const labels = new Map(rows.map(({ document, name }) => [document, name]));
  return mostFrequent(rows.map(({ document }) => document))
    .map(([value, count]) => {
      const label = labels.get(value) ?? '';
      return { value, label, count, searchText: label.toLowerCase() };
    })
    .sort((a, b) => collator.compare(a.label, b.label));
}

/** The first and the last year of the papers. Undefined if no year is known. */
export function yearsOf(rows: readonly RelationRow[]): readonly [first: number, last: number] | undefined {
  let first = Infinity;
  let last = -Infinity;
  for (const { year } of rows) {
    if (year === undefined) continue;
    first = Math.min(first, year);
    last = Math.max(last, year);
  }
  return first > last ? undefined : [first, last];
}

export function hasDrafts(rows: readonly RelationRow[]): boolean {
  return rows.some(({ isDraft }) => isDraft === true);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Returns a function that gives a property of both partners of a relation, once if they share it. */
function partnersOf(valueOf: (partner: RelationRow['subject']) => string) {
  return ({ subject, object }: RelationRow): readonly string[] => [
    ...new Set([valueOf(subject), valueOf(object)]),
  ];
}

/** The distinct values with their counts, most frequent first. */
function mostFrequent(values: readonly string[]): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
