import { invisible } from '../characters';
import { isShippedType } from './entityTypes';
import { namesWithChemicals } from './proteinParts';
import { anySubstitution, substitution, variants } from './variantForms';
import { ownValue } from '../ownValue';
import { matchSpans } from '../text/matchSpans';
import type { EntityType, Span } from '../types';
import { companyName } from '../text/manufacturers';

/**
 * Text in a sentence that looks like a name to a tagger, but whose form shows that it is not one: authors of cited
 * work, drug companies, variants and sequences, and measures such as HbA1c. Cases that need judgement (software, other
 * suppliers, symbols in formulas) are left to the model.
 */

/** Whether the rules apply to a type. A user's own model may have persons as a type. */
const isCovered: (type: EntityType) => boolean = isShippedType;

/** A variant or a sequence is not a name of any other type, nor a part of one; for this type it is. */
const variantType: EntityType = 'Variant';

const particle = String.raw`(?:(?:[Vv][ao]n|[Dd]e|[Dd]er|[Dd]en|[Dd]i|[Dd]a|[Dd]el|[Ll][ae]|[Tt]e[rn])\s)`;
/** A surname must contain a lower-case letter, so that symbols do not match: BRCA1, EGFR. */
const surname = String.raw`(?<![\p{L}\p{N}-])${particle}{0,2}(?=[^\s,;()]{0,30}\p{Ll})\p{Lu}[\p{L}'’-]{1,30}(?![\p{L}\p{N}])`;
const surnames = String.raw`${surname}(?:\s(?:and|&)\s${surname})?`;
const year = String.raw`(?:1[89]|20)\d\d[a-z]?(?!\d)`;

const authors = [
  // Smith et al.; Smith and colleagues. A list before it is not matched, because it may name anything.
  String.raw`${surnames}(?=,?\s(?:et\.?\sal\b|(?:and|&)\s(?:colleagues|co-?workers)\b))`,
  // Smith and Jones (2004). A single name before a year may be an outbreak: Ebola (2014).
  String.raw`${surname}\s(?:and|&)\s${surname}(?=,?\s[([]${year})`,
  // (Smith, 2004; Smith & Jones, 2005)
  String.raw`(?<=[(;]\s?(?:see\s|e\.g\.,?\s)?)${surnames}(?=,\s${year}\s?[,;)])`,
  String.raw`(?<=\b(?:Drs?|Mrs?|Ms|Prof)\.?\s)${surname}`,
].map((pattern) => new RegExp(pattern, 'gu'));

const company = new RegExp(companyName, 'gu');

/** Glycated haemoglobin is a measure; a tagger takes its beginning for a gene. */
const measure = /(?<![\p{L}\p{N}])Hb\s?A\s?[-(]?\s?1\s?c\)?/giu;

/** Words that are a name only together with others: `blood` in "blood glucose". */
const ordinaryWords: Readonly<Record<string, RegExp>> = {
  Disease:
    /^(?:blood|functions?|glucose|glycaemic|glycemic|learning|levels?|memory|outcomes?|pressure|resistance|responses?|weight)(?:\s(?:and|or|of))?$/iu,
  Chemical: /^(?:blood|esters?|neuropeptides?|plasma|serum|water)$/iu,
  Gene: /^(?:constitutive|inducible|nevi|nevus|resistance)$/iu,
};

/** An event of a gene is no disease: `VHL loss`. */
const geneEvent =
  /^\p{Lu}[\p{Lu}\d-]+\s(?:loss|deletion|amplification|over-?expression|inactivation|silencing|mutations?)$/u;

const substitutionBeforeNoun = new RegExp(
  String.raw`${substitution}(?=[\s-](?:mutations?|substitutions?|variants?|polymorphisms?|SNPs?)\b)`,
  'gu',
);
/**
 * Substitutions that everybody knows, which texts name alone: `V600E`, `T790M`. Symbols of genes do not look like them.
 */
const knownSubstitution =
  /(?<![\p{L}\p{N}])(?:C797S|D816V|D835[HVY]|E17K|E255[KV]|E54[25]K|F359[CIV]|G12[ACDRSV]|G13[CDRV]|G719[ACS]|G1202R|H1047[LR]|K27M|L265P|L858R|L861Q|Q61[HKLR]|R132[CGHLS]|R140Q|R172[KMSW]|R175H|R2(?:48[QW]|49S|73[CHL]|82W)|S768I|T315I|T790M|V559D|V561D|V600[DEKMR]|V617F|V654A|Y537S)(?![\p{L}\p{N}])/gu;
/** Matches after a symbol but not after a word: `KRAS G12C`, but `ribosomal protein L18A`. */
const behindSymbol = String.raw`(?<=[\p{Lu}\p{N}]\S{0,15})[\s(]+`;
const trailing = new RegExp(
  String.raw`${behindSymbol}(?:(?:p\.)?${substitution}|${variants.map(({ source }) => source).join('|')})\)?$`,
  'u',
);

/**
 * The training corpora disagree on whether "mutation" belongs to the name of the gene. A user who looks up a symbol
 * wants only the symbol.
 */
const mutation = /(?<=(?:^|[\s(])\p{Lu}[\p{Lu}\p{N}-]+)\s+mutations?$/u;

/** Pictographs and signs such as ® next to a name, with the invisible characters that join them. */
const mark = String.raw`[\p{So}\p{Emoji_Modifier}${invisible}]`;
const marksBefore = new RegExp(`^(?:${mark}\\s*)+`, 'u');
const marksBehind = new RegExp(`(?:\\s*${mark})+$`, 'u');

/** Characters at the end of a span in which a tail is looked for; the patterns of tails are slow on long text. */
const maxTail = 200;

interface TypedSpan extends Span {
  readonly type: EntityType;
}

/**
 * Removes spans that are not names, and shortens spans by what is not part of the name: a variant at the end (`EGFR
 * L858R`), the word after a gene symbol (`TP53 mutations`), and pictographs at both ends.
 *
 * @param spans Spans of `text`, which is one sentence or several consecutive ones.
 */
export function removeNonNames<T extends TypedSpan>(spans: readonly T[], text: string): T[] {
  if (!spans.some(({ type }) => isCovered(type))) return [...spans];
  const authorSpans = authors.flatMap((pattern) => matchSpans(text, pattern));
  const variantPatterns = [...variants, substitutionBeforeNoun, knownSubstitution];
  const variantSpans = variantPatterns.flatMap((pattern) => matchSpans(text, pattern));
  const companySpans = matchSpans(text, company);
  const ofType: Readonly<Record<string, readonly Span[]>> = {
    Chemical: [...namesWithChemicals(text), ...matchSpans(text, anySubstitution)],
    Gene: matchSpans(text, measure),
  };
  return spans.flatMap((span) => {
    if (!isCovered(span.type)) return [span];
    const name = text.slice(span.start, span.end);
    if (ownValue(ordinaryWords, span.type)?.test(name)) return [];
    if (span.type === 'Disease' && geneEvent.test(name)) return [];
    const excluded = [
      ...authorSpans,
      ...companySpans,
      ...(span.type === variantType ? [] : variantSpans),
      ...(ofType[span.type] ?? []),
    ];
    if (excluded.some(({ start, end }) => start <= span.start && span.end <= end)) return [];
    const { start, end } = trimSpan(span, text);
    return start < end ? [{ ...span, start, end }] : [];
  });
}

function trimSpan({ start, end, type }: TypedSpan, text: string): Span {
  const tails = [
    marksBehind,
    ...(type === variantType ? [] : [trailing]),
    ...(type === 'Gene' ? [mutation] : []),
  ];
  const from = start + lengthOf(marksBefore, text.slice(start, end));
  const to = tails.reduce(
    (last, tail) => last - lengthOf(tail, text.slice(Math.max(from, last - maxTail), last)),
    end,
  );
  return { start: from, end: to };
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}
