/** Groups the names in the list by what they refer to. Without side effects. */
import type { NamedConcept, NamedEntity, RelationRow } from '../../src/protocol/panel';

/** All names of one concept in the list, or all spellings of a name that is not linked. */
export interface NameGroup {
  readonly key: string;
  readonly type: string;
  /** The name to display: the most frequent spelling, or the first of several with the same frequency. */
  readonly label: string;
  /** The other spellings, most frequent first. */
  readonly others: readonly string[];
  readonly concept?: NamedConcept | undefined;
  /** All spellings, the preferred name and the identifier, in lower case. */
  readonly searchText: string;
}

/** Name groups by {@link NamedEntity.key}. */
export type NameGroups = ReadonlyMap<string, NameGroup>;

interface Counted {
  readonly type: string;
  readonly counts: Map<string, number>;
  concept: NamedConcept | undefined;
}

export function nameGroups(rows: readonly RelationRow[]): NameGroups {
  const counted = new Map<string, Counted>();
  for (const { subject, object } of rows) for (const entity of [subject, object]) count(counted, entity);
  return new Map(Array.from(counted, ([key, group]) => [key, groupOf(key, group)]));
}

function count(counted: Map<string, Counted>, { key, type, name, concept }: NamedEntity): void {
  const group: Counted = counted.get(key) ?? { type, counts: new Map(), concept };
  counted.set(key, group);
  group.counts.set(name, (group.counts.get(name) ?? 0) + 1);
  group.concept ??= concept;
}

function groupOf(key: string, { type, counts, concept }: Counted): NameGroup {
  const [label = '', ...others] = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const known = concept ? [concept.name, concept.id] : [];
  const searchText = [label, ...others, ...known].join('\n').toLowerCase();
  return { key, type, label, others, concept, searchText };
}

/** Maximum number of other spellings in a description. */
const maxSpellings = 12;

/**
 * Describes a name beyond what is displayed: the preferred name and the identifier of its concept, and the other
 * spellings in the list.
 *
 * @param alsoCalled Returns the words for the other spellings.
 * @param displayed Default: the label.
 */
export function nameDetails(
  { label, others, concept }: Pick<NameGroup, 'label' | 'others' | 'concept'>,
  alsoCalled: (names: string) => string,
  displayed = label,
): readonly string[] {
  const seen = new Set([displayed.toLowerCase()]);
  const distinct = [label, ...others].filter((name) => {
    const isNew = !seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    return isNew;
  });
  const shown = distinct.slice(0, maxSpellings).join(', ');
  const also = distinct.length > maxSpellings ? `${shown} …` : shown;
  return [
    ...(concept ? [`${concept.name} · ${concept.id}`] : []),
    ...(also === '' ? [] : [alsoCalled(also)]),
  ];
}
