/**
 * Links the mentions of a document to concepts. Each publication of a document is linked by itself: its abbreviations,
 * its species and its names decide together, and one name is one concept throughout.
 */
import type { Abbreviation, ConceptLink, Entity, LinkMethod } from '../types';
import { type Candidate, Candidates } from './conceptCandidates';
import { mammals, peopleIn, SpeciesContext, type SpeciesMention, speciesPrefix } from './speciesContext';
import type { Terminology } from './terminology';

/** A publication of a document. */
export interface LinkedText {
  /** The text of the document from which the offsets count. */
  readonly text: string;
  /** The part of the text that belongs to the publication. */
  readonly start: number;
  readonly end: number;
  /** Its mentions, in document order. */
  readonly entities: readonly Entity[];
  /** The abbreviations that it introduces. */
  readonly abbreviations: readonly Abbreviation[];
}

/** Links the mentions of publications. It may be used for many documents: look-ups are remembered. */
export class Linker {
  private readonly candidates: Candidates;

  constructor(private readonly terminology: Terminology) {
    this.candidates = new Candidates(terminology);
  }

  /** The mentions with their concepts; mentions that cannot be linked are as they were. */
  link(publication: LinkedText): Entity[] {
    const { entities, abbreviations } = publication;
    const names = new LongForms(abbreviations);
    const species = this.speciesOf(publication);
    const links = new Map<string, readonly ConceptLink[]>();
    return entities.map((entity) => {
      if (entity.concepts !== undefined) return entity;
      const { type, name } = entity;
      // The same name may be a gene of another species in another sentence.
      const key = type === 'Gene' ? undefined : `${type}\n${name}`;
      const known = key === undefined ? undefined : links.get(key);
      const concepts = known ?? this.linksOf(entity, names, species);
      if (key !== undefined) links.set(key, concepts);
      return concepts.length === 0 ? entity : { ...entity, concepts };
    });
  }

  private linksOf(entity: Entity, names: LongForms, species: SpeciesContext): readonly ConceptLink[] {
    const { name, type, start } = entity;
    const long = names.longOf(name, start);
    for (const [text, method] of [
      [long, 'abbreviation'],
      [name, undefined],
    ] as const) {
      if (text === undefined) continue;
      const candidates = this.candidates.of(text, type);
      const best = this.choose(candidates, entity, species);
      if (best) return [this.linkTo(best, method ?? methodOf(best, candidates))];
      const parts = this.candidates.ofParts(text, type).map((each) => this.choose(each, entity, species));
      const chosen = parts.flatMap((part) => part ?? []);
      if (chosen.length > 0) return unique(chosen.map((part) => this.linkTo(part, method ?? part.method)));
    }
    return [];
  }

  private choose(
    candidates: readonly Candidate[],
    entity: Pick<Entity, 'type' | 'name' | 'start'>,
    species: SpeciesContext,
  ): Candidate | undefined {
    if (entity.type !== 'Gene') return candidates[0];
    let best: Candidate | undefined;
    let most = -Infinity;
    for (const [order, candidate] of candidates.entries()) {
      if (!isPlausible(candidate, entity.name, species)) continue;
      const score = geneScore(candidate, order, entity, species);
      if (score > most) [best, most] = [candidate, score];
    }
    return best;
  }

  private linkTo({ concept }: Candidate, method: LinkMethod): ConceptLink {
    return { ...this.terminology.describe(concept), method };
  }

  private speciesOf({ text, start, end, entities }: LinkedText): SpeciesContext {
    const named = entities
      .filter(({ type }) => type === 'Species')
      .flatMap(({ name, type, start, end }): SpeciesMention[] => {
        const [best] = this.candidates.of(name, type);
        return best ? [{ taxon: best.concept.id, start, end }] : [];
      });
    const part = text.slice(start, end);
    const people = peopleIn(part).map((each) => ({
      ...each,
      start: each.start + start,
      end: each.end + start,
    }));
    return new SpeciesContext(text, [...named, ...people]);
  }
}

/** The scores were chosen on BioRED train, like the weights of the species. */
const rankScores = { preferred: 1.5, synonym: 0.6, learnt: 1, weak: 0 };

/** More than the context can weigh: `mPer2` is the gene of mice even if no mice are named. */
const prefixScore = 6;
/** A family or complex has no species. */
const familyScore = -1;

function geneScore(
  { concept, sense }: Candidate,
  order: number,
  { name, start }: Pick<Entity, 'name' | 'start'>,
  species: SpeciesContext,
): number {
  const taxon = concept.species?.id ?? '';
  const prefix = speciesPrefix(name);
  return (
    (taxon === '' ? familyScore : species.score(taxon, start)) +
    rankScores[sense.rank] +
    (prefix?.taxon === taxon ? prefixScore : 0) +
    (concept.name === name ? 0.7 : 0) +
    0.1 * concept.frequency -
    0.02 * order
  );
}

/** A gene of a fly or a chicken is no guess for a document that does not name the animal. */
function isPlausible({ concept }: Candidate, name: string, species: SpeciesContext): boolean {
  const taxon = concept.species?.id;
  if (taxon === undefined || mammals.has(taxon) || species.isNamed(taxon)) return true;
  return speciesPrefix(name)?.taxon === taxon;
}

function methodOf({ concept, method, sense }: Candidate, candidates: readonly Candidate[]): LinkMethod {
  if (method !== 'name') return method;
  const isAmbiguous = candidates.some(
    (other) => other.concept.id !== concept.id && other.sense.rank === sense.rank,
  );
  return isAmbiguous ? 'context' : 'name';
}

function unique(links: readonly ConceptLink[]): ConceptLink[] {
  return [...new Map(links.map((link) => [link.id, link])).values()];
}

/** The long forms of the abbreviations of a publication. */
class LongForms {
  private readonly byShort = new Map<string, Abbreviation[]>();

  constructor(abbreviations: readonly Abbreviation[]) {
    for (const abbreviation of abbreviations) {
      const same = this.byShort.get(abbreviation.shortText) ?? [];
      this.byShort.set(abbreviation.shortText, [...same, abbreviation]);
    }
  }

  /** The long form of a name at a place: the last one introduced before it, else the first. */
  longOf(name: string, at: number): string | undefined {
    const all = this.byShort.get(name) ?? this.byShort.get(name.replace(/s$/u, '')) ?? [];
    return (all.findLast(({ short }) => short.start <= at) ?? all[0])?.longText;
  }
}
