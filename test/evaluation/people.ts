/**
 * Words for people in corpora of species.
 *
 * BioRED, tmVar and other PubTator corpora annotate "patients" and "women" as the species human. The guideline of the
 * shown Species does not: a reader who looks for organisms has no use for every patient of a trial. Scoring them would
 * hide how well organisms are found, because they are more than half of the mentions. So they are left out on both
 * sides: neither missed when they are not found nor wrong when they are. "human" and "humans" stay; they name a species.
 */
import type { EntityType, Span } from '../../src/core/types';

/** The type that the rule is about, by the product's name for it. */
const ruledType: EntityType = 'Species';

const personWords: ReadonlySet<string> = new Set(
  [
    'patient patients inpatient inpatients outpatient outpatients',
    'man men woman women boy boys girl girls child children',
    'infant infants newborn newborns neonate neonates baby babies toddler toddlers',
    'adolescent adolescents teenager teenagers adult adults',
    'person persons people individual individuals',
    'participant participants volunteer volunteers subject subjects',
    'mother mothers father fathers parent parents',
  ].flatMap((line) => line.split(' ')),
);

/** Mentions of people that were left out of a score. */
export interface PeopleLeftOut {
  readonly gold: number;
  readonly predicted: number;
}

/**
 * Whether a mention names people and no species, by its last word: "patients", "pregnant women", but not "human".
 * @param name The mention as it stands in the text; case and surrounding white space do not matter.
 */
export function namesPeople(name: string): boolean {
  const last = name
    .trim()
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .findLast((word) => word !== '');
  return last !== undefined && personWords.has(last);
}

/**
 * Drops the mentions of type Species that name people.
 * @param mentions Spans of `text`, in UTF-16 units.
 */
export function withoutPeople<T extends Span & { readonly type: EntityType }>(
  mentions: readonly T[],
  text: string,
): T[] {
  return mentions.filter(
    ({ start, end, type }) => type !== ruledType || !namesPeople(text.slice(start, end)),
  );
}
