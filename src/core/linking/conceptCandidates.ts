import { Memo } from '../memo';
import type { EntityType, LinkMethod } from '../types';
import { classAbbreviation, isAmbiguousClass, isClassName } from './classNames';
import { parsedParts } from './compositeNames';
import { mammals, speciesPrefix } from './speciesContext';
import { bagKey, termKey } from './termKey';
import type { TermConcept, Terminology, TermSense } from './terminology';

/** A concept that a name may refer to, with what speaks for it. */
export interface Candidate {
  readonly sense: TermSense;
  readonly concept: TermConcept;
  readonly method: LinkMethod;
}

/** Most senses of a name that are considered; the terminology lists the likely ones first. */
const maxSenses = 40;

/** Words beside a name that are not part of it, by type. */
const wordsBefore: Readonly<Record<string, RegExp>> = {
  Gene: /^(?:the|human|mouse|murine|rat|mutant|mutated|wild[- ]type|recombinant|phosphorylated|phospho|active|activated|soluble|anti|serum|plasma|total|endogenous|exogenous|native|full[- ]length)[\s-]+/iu,
  Disease:
    /^(?:the|acute|chronic|severe|mild|moderate|primary|secondary|recurrent|refractory|advanced|metastatic|early|late|progressive|idiopathic|familial|hereditary|inherited|congenital|sporadic|classic(?:al)?|isolated|human|adult|childhood|juvenile|infantile|drug-induced|bilateral|unilateral|malignant|invasive|transient|persistent|symptomatic|experimental|generalized|localized|fatal|lethal|sudden|X-linked|autosomal (?:dominant|recessive))[\s-]+/iu,
  Chemical:
    /^(?:the|intravenous|oral|topical|inhaled|liposomal|free|total|serum|plasma|dietary|exogenous)[\s-]+/iu,
  Species: /^(?:the|wild[- ]type|transgenic|adult|female|male|pregnant|healthy|young|old|aged)[\s-]+/iu,
};
const wordsBehind: Readonly<Record<string, RegExp>> = {
  Gene: /[\s-]+(?:genes?|proteins?|mRNAs?|alleles?|transcripts?|promoters?|oncogenes?|oncoproteins?|isoforms?|homologs?|homologues?|orthologs?|subunits?|polypeptides?|precursors?|transcription factors?|tumou?r suppressors?)$/iu,
  Disease:
    /[\s-]+(?:diseases?|disorders?|syndromes?|patients?|symptoms?|conditions?|episodes?|attacks?|lesions?)$/iu,
  Chemical:
    /[\s-]+(?:hydrochloride|HCl|sodium|potassium|calcium|sulphate|sulfate|acetate|citrate|maleate|mesylate|tartrate|phosphate|chloride|bromide|monohydrate|therapy|treatment)$/iu,
  Species: /[\s-]+(?:cells?|strains?|species|spp?\.?|subsp\.?.*)$/iu,
};

/** Number of genes whose orthologues are added. */
const maxExpanded = 6;

/** Number of names whose candidates are remembered. */
const maxRemembered = 20_000;

/** Finds the concepts of names in a terminology. */
export class Candidates {
  private readonly known = new Memo<string, readonly Candidate[]>(maxRemembered);

  constructor(private readonly terminology: Terminology) {}

  /** The concepts of a type that a name may refer to, the likely ones first. */
  of(name: string, type: EntityType): readonly Candidate[] {
    return this.known.get(`${type}\n${name}`, () => this.find(name, type));
  }

  /** The candidates of each part of a composite name; empty if a part has none. */
  ofParts(name: string, type: EntityType): readonly (readonly Candidate[])[] {
    for (const parts of parsedParts(name)) {
      const each = parts.map((part) => this.of(part, type));
      if (each.every(({ length }) => length > 0)) return each;
    }
    return [];
  }

  private find(name: string, type: EntityType): readonly Candidate[] {
    const found = this.findAny(name, type);
    if (type !== 'Gene') return found;
    if (isAmbiguousClass(name)) return [];
    if (isClassName(name)) return this.families(name, found);
    return found;
  }

  private families(name: string, found: readonly Candidate[]): readonly Candidate[] {
    const families = found.filter(({ concept }) => concept.species === undefined);
    const short = classAbbreviation(name);
    return families.length > 0 || short === undefined ? families : this.of(short, 'Gene');
  }

  private findAny(name: string, type: EntityType): readonly Candidate[] {
    const exact = this.senses(termKey(name), type, 'name');
    if (exact.length > 0 && type !== 'Gene') return exact;
    if (exact.some(({ concept: { species } }) => species === undefined || mammals.has(species.id)))
      return this.withOrthologues(exact);
    for (const variant of variantsOf(name, type)) {
      const senses = this.senses(termKey(variant), type, 'spelling');
      if (senses.length > 0) return type === 'Gene' ? this.withOrthologues([...exact, ...senses]) : senses;
    }
    if (exact.length > 0) return this.withOrthologues(exact);
    const bag = type === 'Disease' ? bagKey(name) : undefined;
    return bag === undefined ? [] : this.senses(bag, type, 'spelling');
  }

  /**
   * Adds the genes of other species that have the same symbol: the terminology knows that leptin is LEP of humans, and
   * that mice have a gene Lep.
   */
  private withOrthologues(candidates: readonly Candidate[]): readonly Candidate[] {
    const all = new Map(candidates.map((candidate) => [candidate.sense.concept, candidate]));
    for (const { concept, sense, method } of candidates.slice(0, maxExpanded)) {
      // The same symbol of a fly is often another gene.
      if (concept.species !== undefined && !mammals.has(concept.species.id)) continue;
      for (const other of this.senses(termKey(concept.name), 'Gene', method)) {
        if (other.sense.rank !== 'preferred' || all.has(other.sense.concept)) continue;
        all.set(other.sense.concept, { ...other, sense: { ...other.sense, rank: sense.rank } });
      }
    }
    return [...all.values()];
  }

  private senses(key: string, type: EntityType, method: LinkMethod): Candidate[] {
    if (key === '') return [];
    const candidates: Candidate[] = [];
    for (const sense of this.terminology.lookUp(key)) {
      const concept = this.terminology.conceptAt(sense.concept);
      if (concept.type === type) candidates.push({ sense, concept, method });
      if (candidates.length === maxSenses) break;
    }
    return candidates;
  }
}

/** Most words that are taken off a name. */
const maxStripped = 3;

/** Other forms of a name, the closest first. */
function* variantsOf(name: string, type: EntityType): Generator<string> {
  const species = type === 'Gene' ? speciesPrefix(name) : undefined;
  if (species) yield species.rest;
  if (type === 'Gene') yield* withGreekLetters(name);
  const bracketed = /^(.{2,}?)\s*\([^()]*\)$/u.exec(name)?.[1];
  if (bracketed !== undefined) yield bracketed;
  yield* withOtherHead(name, type);
  let left = name;
  for (let i = 0; i < maxStripped; i += 1) {
    const shorter = left.replace(wordsBehind[type] ?? never, '').replace(wordsBefore[type] ?? never, '');
    if (shorter === left || shorter === '') return;
    left = shorter;
    yield left;
    yield* withOtherHead(left, type);
  }
}

const greek: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', g: 'gamma', d: 'delta', k: 'kappa' };

/** `b-catenin`, `IFN-g`, `NF-kB`: a file format or a keyboard had no Greek letters. */
function* withGreekLetters(name: string): Generator<string> {
  const spelled = name
    .replace(/^([abgdk])(?=-\p{L}{3})/u, (letter) => greek[letter] ?? letter)
    .replace(/(?<=\p{L}{2}-?)([abgdk])(?=\d*$|B$|-)/u, (letter) => greek[letter] ?? letter);
  if (spelled !== name) yield spelled;
}

const never = /(?!)/;
/** Words for a tumour that terminologies and authors exchange. */
const tumours = ['cancer', 'neoplasm', 'carcinoma', 'tumor'];
const tumourAtEnd = /\b(?:cancer|neoplasm|carcinoma|tumou?r|malignancy|malignancie)s?$/iu;
const exchanged: readonly (readonly [RegExp, string])[] = [
  [/\bkidney\b/iu, 'renal'],
  [/\brenal\b/iu, 'kidney'],
  [/\b(?:liver)\b/iu, 'hepatic'],
  [/\bhepatic\b/iu, 'liver'],
  [/\b(?:heart)\b/iu, 'cardiac'],
  [/\bcardiac\b/iu, 'heart'],
  [/\binjury$/iu, 'damage'],
  [/\bdamage$/iu, 'injury'],
  [/\b(?:dysfunction|impairment|abnormalit(?:y|ies))$/iu, 'disease'],
  [/\bfailure$/iu, 'insufficiency'],
  [/\bdeficits?$/iu, 'impairment'],
  [/\b(?:toxicity|damage)$/iu, 'disease'],
];

function* withOtherHead(name: string, type: EntityType): Generator<string> {
  if (type !== 'Disease') return;
  const [head] = tumourAtEnd.exec(name) ?? [];
  if (head !== undefined) for (const other of tumours) yield name.slice(0, -head.length) + other;
  for (const [pattern, other] of exchanged) if (pattern.test(name)) yield name.replace(pattern, other);
}
