import { firstWhere } from '../firstWhere';
import type { Span } from '../types';

/** A place where a document names a species. */
export interface SpeciesMention extends Span {
  /** `NCBITaxon:10090` */
  readonly taxon: string;
}

export const human = 'NCBITaxon:9606';
/** Human, mouse and rat. */
export const mammals: ReadonlySet<string> = new Set([human, 'NCBITaxon:10090', 'NCBITaxon:10116']);

/** Words for people. The tagger does not mark them, but a sentence about patients is about human genes. */
const people =
  /\b(?:humans?|patients?|m[ae]n|wom[ae]n|child(?:ren)?|infants?|boys?|girls?|adults?|volunteers?|participants?|persons?|people|famil(?:y|ies)|probands?|siblings?|carriers?|cases and controls)\b/giu;

/** The places where a text names people. */
export function peopleIn(text: string): SpeciesMention[] {
  return Array.from(text.matchAll(people), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    taxon: human,
  }));
}

/** Prefixes of gene symbols that name the species: `hTERT`, `mPer2`, `rTRPV2`, `AtMYB2`. */
const prefixes: Readonly<Record<string, string>> = {
  h: human,
  m: 'NCBITaxon:10090',
  r: 'NCBITaxon:10116',
  z: 'NCBITaxon:7955',
  d: 'NCBITaxon:7227',
  Dm: 'NCBITaxon:7227',
  At: 'NCBITaxon:3702',
  Sc: 'NCBITaxon:4932',
};
const prefixed = /^(At|Dm|Sc|[hmrzd])(?=-?\p{Lu})-?/u;

/** The species that a prefix of a symbol names, and the symbol without it. */
export function speciesPrefix(name: string): { readonly taxon: string; readonly rest: string } | undefined {
  const [all, letters = ''] = prefixed.exec(name) ?? [];
  const taxon = prefixes[letters];
  return all === undefined || taxon === undefined ? undefined : { taxon, rest: name.slice(all.length) };
}

/** Weights of the evidence for a species. They were chosen on NLM-Gene, GNormPlus and BioRED train. */
const weights = { sentence: 2, document: 5, absent: -3, human: 0.25 };

/** Which species the genes of a document belong to. */
export class SpeciesContext {
  private readonly shares = new Map<string, number>();
  private readonly mentions: readonly SpeciesMention[];

  /**
   * @param text The document, or one record of it.
   * @param mentions Species that it names, in any order.
   */
  constructor(
    private readonly text: string,
    mentions: readonly SpeciesMention[],
  ) {
    this.mentions = mentions.toSorted((a, b) => a.start - b.start);
    for (const { taxon } of mentions)
      this.shares.set(taxon, (this.shares.get(taxon) ?? 0) + 1 / mentions.length);
  }

  /** Whether the document names a species. */
  isNamed(taxon: string): boolean {
    return this.shares.has(taxon);
  }

  /** How well a species fits a gene at a place; only comparisons have a meaning. */
  score(taxon: string, at: number): number {
    const nearest = this.nearest(at);
    return (
      weights.document * (this.shares.get(taxon) ?? 0) +
      (nearest === taxon ? weights.sentence : 0) +
      (taxon === human ? weights.human : this.shares.has(taxon) ? 0 : weights.absent)
    );
  }

  /** The species that the sentence of a place names before it, else after it. */
  private nearest(at: number): string | undefined {
    const next = firstWhere(this.mentions, ({ start }) => start > at);
    const before = this.mentions[next - 1];
    const after = this.mentions[next];
    if (before && !this.hasBreak(before.end, at)) return before.taxon;
    return after && !this.hasBreak(at, after.start) ? after.taxon : undefined;
  }

  private hasBreak(start: number, end: number): boolean {
    return end - start > maxSentence || sentenceBreak.test(this.text.slice(start, end));
  }
}

const maxSentence = 400;
const sentenceBreak = /[.!?]\s+\p{Lu}|\n\s*\n/u;
