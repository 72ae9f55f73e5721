/**
 * Links the mentions of a document to concepts. Each publication of a document is linked by itself: its abbreviations,
 * its species and its names decide together, and one name is one concept throughout.
 */
import { groupBy } from '../groupBy';
import { fusionPartners } from '../text/fusions';
import { definitionAt } from '../text/mentions';
import type { Abbreviation, ConceptLink, Entity, LinkMethod } from '../types';
import { isClassName } from './classNames';
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

/** Facts about a whole publication that help to link its names. */
interface LinkContext {
  readonly species: SpeciesContext;
  readonly isMitochondrial: boolean;
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
    const definitions = groupBy(abbreviations, ({ shortText }) => shortText);
    const species = this.speciesOf(publication);
    const isMitochondrial = mitochondrial.test(publication.text.slice(publication.start, publication.end));
    const context: LinkContext = { species, isMitochondrial };
    const links = new Map<string, readonly ConceptLink[]>();
    return entities.map((entity) => {
      if (entity.concepts !== undefined) return entity;
      const { type, name } = entity;
      // The same name may be a gene of another species in another sentence.
      const key = type === 'Gene' ? undefined : `${type}\n${name}`;
      const known = key === undefined ? undefined : links.get(key);
      const concepts = known ?? this.linksOf(entity, longFormOf(entity, definitions), context);
      if (key !== undefined) links.set(key, concepts);
      return concepts.length === 0 ? entity : { ...entity, concepts };
    });
  }

  /** @param long The long form of the name, if it is an abbreviation. */
  private linksOf(entity: Entity, long: string | undefined, context: LinkContext): readonly ConceptLink[] {
    const { name, type } = entity;
    const { species } = context;
    const partners = type === 'Gene' ? this.partnersOf(entity, species) : [];
    if (partners.length > 0) return partners;
    for (const [text, method] of [
      [long, 'abbreviation'],
      [name, undefined],
    ] as const) {
      if (text === undefined) continue;
      const candidates = this.candidates.of(text, type).filter(isPossible(entity, long, context));
      const best = this.choose(candidates, entity, species);
      if (best) return [this.linkTo(best, method ?? methodOf(best, candidates))];
      const parts = this.candidates.ofParts(text, type).map((each) => this.choose(each, entity, species));
      const chosen = parts.flatMap((part) => part ?? []);
      if (chosen.length > 0) return unique(chosen.map((part) => this.linkTo(part, method ?? part.method)));
    }
    return [];
  }

  /** The two genes of a fusion such as BCR-ABL, for which the terminology has no concept of its own. */
  private partnersOf(entity: Entity, species: SpeciesContext): readonly ConceptLink[] {
    const partners = (fusionPartners(entity.name) ?? []).map((name) => {
      const candidates = this.candidates.of(name, entity.type);
      return this.choose(candidates, { ...entity, name }, species);
    });
    const found = partners.flatMap((partner) => partner ?? []);
    return found.length < 2 ? [] : unique(found.map((partner) => this.linkTo(partner, partner.method)));
  }

  private choose(
    candidates: readonly Candidate[],
    entity: Pick<Entity, 'type' | 'name' | 'start'>,
    species: SpeciesContext,
  ): Candidate | undefined {
    if (entity.type !== 'Gene') return candidates[0];
    const isSymbol = isSymbolOfMammals(entity.name, candidates);
    // The first letter belongs to such a symbol: mTOR is MTOR, not Tor of mice.
    const prefixed = isSymbol ? undefined : speciesPrefix(entity.name)?.taxon;
    const plausible = candidates.filter((candidate) => isPlausible(candidate, prefixed, species));
    let best: Candidate | undefined;
    let most = -Infinity;
    for (const [order, candidate] of plausible.entries()) {
      const hasPrefix = candidate.concept.species !== undefined && candidate.concept.species.id === prefixed;
      const isShortened = !isSymbol && isShortenedFrom(entity.name, candidate.concept.name);
      const score =
        geneScore(candidate, entity, species) +
        (hasPrefix ? prefixScore : 0) +
        (isShortened ? shortenedScore : 0) -
        orderScore * order;
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

/**
 * Cyclooxygenases (PTGS1, PTGS2) and subunits of the cytochrome c oxidase of mitochondria have the same symbols. To readers
 * of medicine they are the former, unless the publication is about the latter.
 */
const cyclooxygenase = /^cox[\s-]?[12]$/iu;
const oxidaseSubunit = /^(?:MT-)?COX?[12]$/iu;
const mitochondrial = /cytochrome(?:[\s-]c)?[\s-]oxidase|mitochondrial (?:DNA|genome|genes?)|mtDNA/iu;

/** The scores were chosen on BioRED train, like the weights of the species. */
const rankScores = { preferred: 1.5, synonym: 0.6, learnt: 1, weak: 0 };

/** More than the context can weigh: `mPer2` is the gene of mice even if no mice are named. */
const prefixScore = 6;
/** For each place in the list of the terminology, which has the likely concepts first. */
const orderScore = 0.02;
/** A family or complex has no species. */
const familyScore = -1;

function geneScore(
  { concept, sense }: Candidate,
  { name, start }: Pick<Entity, 'name' | 'start'>,
  species: SpeciesContext,
): number {
  return (
    (concept.species === undefined ? familyScore : species.score(concept.species.id, start)) +
    rankScores[sense.rank] +
    (concept.name === name ? 0.7 : 0) +
    0.1 * concept.frequency
  );
}

/**
 * A short form of a symbol is a likelier name than an alias with other letters: PD-1 is PDCD1 rather than SNCA. A name that is
 * a symbol itself is no short form: APC is not APCS.
 */
const shortenedScore = 0.16;

/** Whether a gene of mammals, or a family, has the name as its symbol. */
function isSymbolOfMammals(name: string, candidates: readonly Candidate[]): boolean {
  const symbol = name.toUpperCase();
  return candidates.some(
    ({ concept }) =>
      concept.name.toUpperCase() === symbol &&
      (concept.species === undefined || mammals.has(concept.species.id)),
  );
}

/** Whether a name begins like a symbol and has letters and digits of it only, in their order. */
function isShortenedFrom(name: string, symbol: string): boolean {
  const [letters, whole] = [name, symbol].map((each) => each.toUpperCase().replace(/[^\p{L}\p{N}]/gu, ''));
  if (letters === undefined || whole === undefined || letters.length >= whole.length) return false;
  if (letters.charAt(0) !== whole.charAt(0)) return false;
  let at = 0;
  for (const letter of letters) {
    at = whole.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** A gene of a fly or a chicken is no guess for a document that does not name the animal. */
function isPlausible({ concept }: Candidate, prefixed: string | undefined, species: SpeciesContext): boolean {
  const taxon = concept.species?.id;
  return taxon === undefined || mammals.has(taxon) || species.isNamed(taxon) || taxon === prefixed;
}

/**
 * Whether a mention may refer to a concept at all. The short form of the name of a class is that of a class too: RTK for
 * "receptor tyrosine kinase".
 */
function isPossible(
  { type, name }: Entity,
  long: string | undefined,
  { isMitochondrial }: LinkContext,
): (candidate: Candidate) => boolean {
  const isClass = type === 'Gene' && long !== undefined && isClassName(long);
  const isEnzyme = type === 'Gene' && !isMitochondrial && cyclooxygenase.test(name);
  return ({ concept }) =>
    !(isClass && concept.species !== undefined) && !(isEnzyme && oxidaseSubunit.test(concept.name));
}

/** The long form that counts at a mention, if its name is an abbreviation, or the plural of one. */
function longFormOf(
  { name, start }: Entity,
  definitions: ReadonlyMap<string, readonly Abbreviation[]>,
): string | undefined {
  const own = definitions.get(name) ?? definitions.get(name.replace(/s$/u, '')) ?? [];
  return definitionAt(own, start)?.longText;
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
