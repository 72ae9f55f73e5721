import { isShippedType } from '../entityTypes';
import type { EntityType, Span } from '../types';

/**
 * Stretches of a sentence that look like names to a tagger and are none by their form alone: authors of cited work,
 * variants and sequences. What is left to judgement (software, suppliers, symbols of formulas) is the model's to learn.
 */

/** Whether these rules speak of a type: a model of the user's own may have persons as a type. */
const isRuled: (type: EntityType) => boolean = isShippedType;

/** A variant or a sequence is no name of the other types, and no part of one; for this type it is what is sought. */
const variantType: EntityType = 'Variant';

const particle = String.raw`(?:(?:[Vv][ao]n|[Dd]e|[Dd]er|[Dd]en|[Dd]i|[Dd]a|[Dd]el|[Ll][ae]|[Tt]e[rn])\s)`;
/** With a small letter, so that a symbol is none: BRCA1, EGFR. */
const surname = String.raw`(?<![\p{L}\p{N}-])${particle}{0,2}(?=[^\s,;()]{0,30}\p{Ll})\p{Lu}[\p{L}'’-]{1,30}(?![\p{L}\p{N}])`;
const surnames = String.raw`${surname}(?:\s(?:and|&)\s${surname})?`;
const year = String.raw`(?:1[89]|20)\d\d[a-z]?(?!\d)`;

const authors = [
  // Smith et al.; Smith and colleagues. The list before it is left alone: it may name anything.
  String.raw`${surnames}(?=,?\s(?:et\.?\sal\b|(?:and|&)\s(?:colleagues|co-?workers)\b))`,
  // Smith and Jones (2004). One name alone before a year may be an outbreak: Ebola (2014).
  String.raw`${surname}\s(?:and|&)\s${surname}(?=,?\s[([]${year})`,
  // (Smith, 2004; Smith & Jones, 2005)
  String.raw`(?<=[(;]\s?(?:see\s|e\.g\.,?\s)?)${surnames}(?=,\s${year}\s?[,;)])`,
  String.raw`(?<=\b(?:Drs?|Mrs?|Ms|Prof)\.?\s)${surname}`,
].map((pattern) => new RegExp(pattern, 'gu'));

const aminoAcid =
  '(?:Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val|Ter|Sec)';

/** A reference SNP, a variant in HGVS notation or with residues in three letters, a run of nucleotides. */
const variants = [
  String.raw`(?<![\p{L}\p{N}])rs\d{3,12}(?![\p{L}\p{N}])`,
  String.raw`(?<![\p{L}\p{N}.])[cgmnrp]\.\(?[*\-]?(?=[A-Za-z]{0,3}\d)[\w+*>=?\-]{3,40}\)?`,
  String.raw`(?<![\p{L}\p{N}])${aminoAcid}-?\d{1,4}-?(?:>|→)?(?:${aminoAcid}|\*|fs)(?![\p{L}])`,
  String.raw`(?<![\p{L}\p{N}])[ACGTUN]{10,}(?![\p{L}\p{N}])`,
].map((pattern) => new RegExp(pattern, 'gu'));

/**
 * A substitution in one-letter code. Genes of poxviruses (A33R) and S100P are written so too: it is one only behind a
 * name or before the word for it.
 */
const substitution = String.raw`(?<![\p{L}\p{N}])(?!S100|F13A)[ACDEFGHIKLMNPQRSTVWY]\d{2,4}(?:[ACDEFGHIKLMNPQRSTVWYX*]|fs)(?![\p{L}\p{N}])`;
const lonely = new RegExp(
  String.raw`${substitution}(?=[\s-](?:mutations?|substitutions?|variants?|polymorphisms?|SNPs?)\b)`,
  'gu',
);
/** Behind a symbol and not behind a word: `KRAS G12C`, but `ribosomal protein L18A`. */
const behindSymbol = String.raw`(?<=[\p{Lu}\p{N}]\S{0,15})[\s(]+`;
const trailing = new RegExp(
  String.raw`${behindSymbol}(?:(?:p\.)?${substitution}|${variants.map(({ source }) => source).join('|')})\)?$`,
  'u',
);

/** The taggers' own corpora disagree whether a mutation belongs to the name of its gene; who looks up a symbol wants that alone. */
const mutation = /(?<=(?:^|[\s(])\p{Lu}[\p{Lu}\p{N}-]+)\s+mutations?$/u;

/** Pictographs and marks such as ® that stand beside a name, with what joins them. */
const mark = String.raw`[\p{So}\p{Emoji_Modifier}\u200d\ufe0f]`;
const marksBefore = new RegExp(`^(?:${mark}\\s*)+`, 'u');
const marksBehind = new RegExp(`(?:\\s*${mark})+$`, 'u');

interface Found extends Span {
  readonly type: EntityType;
}

/**
 * Drops what lies in such a stretch, and cuts off what is no part of a name: a variant at its end (`EGFR L858R`), the word
 * behind a gene's symbol (`TP53 mutations`), pictographs at both ends.
 * @param found Spans of `text`, of one sentence or of neighbouring ones.
 */
export function withoutNotNames<T extends Found>(found: readonly T[], text: string): T[] {
  if (!found.some(({ type }) => isRuled(type))) return [...found];
  const named = stretchesOf(authors, text);
  const written = stretchesOf([...variants, lonely], text);
  return found.flatMap((span) => {
    if (!isRuled(span.type)) return [span];
    const stretches = span.type === variantType ? named : [...named, ...written];
    if (stretches.some(({ start, end }) => start <= span.start && span.end <= end)) return [];
    const { start, end } = cut(span, text);
    return start < end ? [{ ...span, start, end }] : [];
  });
}

function stretchesOf(patterns: readonly RegExp[], text: string): Span[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  );
}

function cut({ start, end, type }: Found, text: string): Span {
  const tails = [
    marksBehind,
    ...(type === variantType ? [] : [trailing]),
    ...(type === 'Gene' ? [mutation] : []),
  ];
  const from = start + lengthOf(marksBefore, text.slice(start, end));
  const to = tails.reduce((last, tail) => last - lengthOf(tail, text.slice(from, last)), end);
  return { start: from, end: to };
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}
