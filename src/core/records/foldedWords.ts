import { withoutInvisible } from '../characters';
import { decodedReferences } from '../documents/references';

const greek: ReadonlyMap<string, string> = new Map(
  (
    'α=alpha β=beta γ=gamma δ=delta ε=epsilon ζ=zeta η=eta θ=theta ι=iota κ=kappa λ=lambda μ=mu ν=nu ξ=xi ο=omicron π=pi ' +
    'ρ=rho σ=sigma ς=sigma τ=tau υ=upsilon φ=phi χ=chi ψ=psi ω=omega ß=ss æ=ae œ=oe ø=o đ=d ł=l ı=i þ=th ð=d'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
);

const spelledOut = new RegExp(`[${[...greek.keys()].join('')}]`, 'gu');
const tag = /<\/?(?:[ibup]|br|em|inf|italic|sc|small|span|strong|sub|sup)(?:\s[^<>]{0,200})?\s?\/?>/gi;

/**
 * A text without what differs between two databases: case, accents, markup, entities, and Greek letters, which many
 * spell out.
 * @example foldedText('TGF-&beta;1 in <i>Müller</i> cells') // 'tgf-beta1 in muller cells'
 */
export function foldedText(text: string): string {
  const decoded = text.includes('&') ? decodedReferences(decodedReferences(text)) : text;
  const bare = decoded.includes('<') ? decoded.replace(tag, '') : decoded;
  if (/^[ -~]*$/.test(bare)) return bare.toLowerCase();
  const folded = withoutInvisible(bare).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.replace(spelledOut, (letter) => greek.get(letter) ?? letter);
}

/** The words of a text after {@link foldedText}: runs of letters or digits. */
export function foldedWords(text: string): readonly string[] {
  return foldedText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
