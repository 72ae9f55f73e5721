/**
 * Fusion genes such as BCR-ABL. A hyphen or a slash joins other genes too (`SRC/ABL inhibitor`, `CD4-CD8 ratio`), so that
 * only fusions that are known in medicine count.
 */
import { dashes } from '../characters';
import type { Span } from '../types';

/** The partners of known fusions, in the order in which they are written. */
const partners: readonly (readonly [first: string, second: string])[] = [
  ['bcr', 'abl1?'],
  ['eml4|npm1?|tpm3|strn', 'alk'],
  ['kif5b|ccdc6|ncoa4', 'ret'],
  ['cd74|slc34a2|ezr|sdc4', 'ros1'],
  ['cd74', 'nrg1'],
  ['tmprss2', 'erg|etv1|etv4'],
  ['etv6|tel', 'runx1|aml1|ntrk3|pdgfr(?:b|beta|β)|abl1?|jak2'],
  ['runx1|aml1', 'runx1t1|eto'],
  ['pml|plzf|zbtb16', 'rara|rar(?:alpha|α)'],
  ['cbfb|cbfβ|cbfbeta', 'myh11|smmhc'],
  ['fip1l1', 'pdgfra|pdgfrα'],
  ['ewsr1|ews', 'fli-?1|erg|atf1|wt1'],
  ['pax3|pax7', 'foxo1a?|fkhr'],
  ['ss18|syt', 'ssx[124]?'],
  ['tcf3|e2a', 'pbx1|hlf'],
  ['mll|mll1|kmt2a', 'aff1|af4|mllt3|af9|mllt1|enl|mllt10|af10|af6|ell'],
  ['fgfr[23]', 'tacc3|bicc1'],
  ['fus|tls', 'ddit3|chop|erg'],
  ['col1a1', 'pdgfb'],
  ['kiaa1549', 'braf'],
  ['dnajb1', 'prkaca'],
  ['aspscr1|aspl', 'tfe3'],
  ['tpm3|lmna', 'ntrk1'],
  ['nup98', 'hoxa9|nsd1'],
  ['cic', 'dux4'],
  ['crtc1', 'maml2'],
];

const fusion = partners
  .map(([first, second]) => String.raw`(?:${first})\s?(?:[${dashes}/]|::?)\s?(?:${second})`)
  .join('|');
const anywhere = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${fusion})(?![\p{L}\p{N}])`, 'giu');
const whole = new RegExp(`^(?:${fusion})$`, 'iu');

/** The places of fusion genes in a text. */
export function fusionsIn(text: string): Span[] {
  return Array.from(text.matchAll(anywhere), ({ 0: name, index }) => ({
    start: index,
    end: index + name.length,
  }));
}

/** The two genes of a fusion; undefined for every other name. */
export function fusionPartners(name: string): readonly string[] | undefined {
  if (!whole.test(name)) return undefined;
  // The partners have a hyphen of their own only behind the joint: EWS-FLI-1.
  const [, first = '', second = ''] =
    new RegExp(String.raw`^(.+?)\s?(?:[${dashes}/]|::?)\s?(.+)$`, 'u').exec(name) ?? [];
  return [first, second];
}
