/** The forms in which texts write variants. */

const aminoAcid =
  '(?:Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val|Ter|Sec)';

/** A substitution with three-letter residues: `Thr670Ile`. */
const residues = String.raw`(?<![\p{L}\p{N}])${aminoAcid}-?\d{1,4}-?(?:>|→)?(?:${aminoAcid}|\*|fs)(?![\p{L}])`;

/** A reference SNP, a variant in HGVS notation or with three-letter residues, or a run of nucleotides. */
export const variants = [
  String.raw`(?<![\p{L}\p{N}])rs\d{3,12}(?![\p{L}\p{N}])`,
  String.raw`(?<![\p{L}\p{N}.])[cgmnrp]\.\(?[*\-]?(?=[A-Za-z]{0,3}\d)[\w+*>=?\-]{3,40}\)?`,
  residues,
  String.raw`(?<![\p{L}\p{N}])[ACGTUN]{10,}(?![\p{L}\p{N}])`,
].map((pattern) => new RegExp(pattern, 'gu'));

/**
 * The pattern of a substitution in one-letter code. Genes of poxviruses (A33R) and S100P look the same, so for a tagger
 * it only counts after a name or before a word such as "mutation".
 */
export const substitution = String.raw`(?<![\p{L}\p{N}])(?!S100|F13A)[ACDEFGHIKLMNPQRSTVWY]\d{2,4}(?:[ACDEFGHIKLMNPQRSTVWYX*]|fs)(?![\p{L}\p{N}])`;

/** A chemical is never named by a substitution; the inhibitor K252a is an exception. */
export const anySubstitution = new RegExp(String.raw`(?!K252)${substitution}`, 'gu');

const letters = new Map(
  (
    'Ala A,Arg R,Asn N,Asp D,Cys C,Gln Q,Glu E,Gly G,His H,Ile I,Leu L,Lys K,Met M,Phe F,Pro P,Ser S,Thr T,Trp W,' +
    'Tyr Y,Val V,Ter *,Sec U'
  )
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
);
const residueName = new RegExp(aminoAcid, 'gu');

/** The same form for a variant however it is written: `D842V` for `p.Asp842Val` and `Asp842Val`. */
export function shortVariant(written: string): string {
  return written
    .replace(/^p\.\(?|[()]/gu, '')
    .replace(residueName, (name) => letters.get(name) ?? name)
    .replace(/-|>|→/gu, '');
}
