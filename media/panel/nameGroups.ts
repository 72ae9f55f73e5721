/** Groups the names in the list by what they refer to. Without side effects. */
import { isInvertedName, readableName } from '../../src/core/linking/readableName';
import type { NamedConcept, NamedEntity, RelationRow } from '../../src/protocol/panel';

/** All names of one concept in the list, or all spellings of a name that is not linked. */
export interface NameGroup {
  readonly key: string;
  readonly type: string;
  /**
   * The name to display: the preferred name of the concept as the documents write it, or without a concept the most
   * frequent spelling, or the first of several with the same frequency. A gene that is not human has its species behind
   * it.
   */
  readonly label: string;
  /** The spellings in the list other than the label, most frequent first. */
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
  const spellings = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const name = (concept && labelOfConcept(concept.name, type, spellings)) ?? spellings[0] ?? '';
  // The same gene of several species would be rows with the same name: PTGS1, Ptgs1.
  const label = concept?.species === undefined ? name : `${name} (${concept.species})`;
  const others = spellings.filter((spelling) => spelling !== name);
  const known = concept ? [concept.name, concept.id] : [];
  const searchText = [label, ...others, ...known].join('\n').toLowerCase();
  return { key, type, label, others, concept, searchText };
}

/**
 * The preferred name of a concept as readers know it. A spelling of the list is better than what is made of a heading:
 * `breast cancer` for `Breast Neoplasms`, `imatinib` for `Imatinib Mesylate`, `chronic myeloid leukemia` for `Leukemia,
 * Myelogenous, Chronic`.
 *
 * @param spellings Most frequent first.
 */
function labelOfConcept(name: string, type: string, spellings: readonly string[]): string {
  const readable = readableName(name, type);
  const same = spellings.filter((spelling) => comparable(spelling) === comparable(readable));
  const words = isInvertedName(name)
    ? spellings.filter((spelling) => /\p{Ll}{3,} \p{Ll}{3,}/u.test(spelling))
    : [];
  const spelling = same[0] ?? words[0];
  return spelling === undefined ? readable : readableName(spelling, type);
}

/** Salts in the main headings of drugs. */
const salt =
  / (?:hydrochloride|hydrobromide|mesylate|maleate|fumarate|succinate|tartrate|citrate|tosylate|acetate|phosphate|sulfate|sodium|potassium|calcium)$/;

/** A name without what authors and terminologies write differently. */
function comparable(name: string): string {
  return name
    .toLowerCase()
    .replace(salt, '')
    .replace(/neoplasms?|tumou?rs?|cancers?/g, 'cancer')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/s$/, '');
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
