import { describe, expect, it } from 'vitest';
import { findAbbreviations } from '../../../../src/core/text/abbreviations';
import { bestLongForm } from '../../../../src/core/text/longForms';

const find = (text: string) =>
  findAbbreviations(text).map(({ short, long }) => [
    text.slice(short.start, short.end),
    text.slice(long.start, long.end),
  ]);

/** Definitions as authors write them: the sentence, the short form and the long form. */
const definitions: readonly (readonly [text: string, short: string, long: string])[] = [
  // Each letter begins a word where it can.
  ['women with ovarian tumour (OT) were', 'OT', 'ovarian tumour'],
  ['Blood from Crimean colitis (CC) was', 'CC', 'Crimean colitis'],
  ['of malignant melanoma (MM) cells', 'MM', 'malignant melanoma'],
  ['had alcoholic asthma (AA) again', 'AA', 'alcoholic asthma'],
  ['in severe sinus stenosis (SSS) only', 'SSS', 'severe sinus stenosis'],
  ['of combined oral contraceptives (COCs) is', 'COCs', 'combined oral contraceptives'],
  ['an experimental autoimmune encephalitis (EAE) model', 'EAE', 'experimental autoimmune encephalitis'],
  ['rats treated with tacrolimus (TAC) lived', 'TAC', 'tacrolimus'],
  ['mice treated with mitoxantrone (MTX) died', 'MTX', 'mitoxantrone'],
  // Letters inside words.
  ['given ciclosporin (CsA) is not defined, ciclosporin A (CsA) is', 'CsA', 'ciclosporin A'],
  ['by ethylene glycol tetraacetic acid (EGTA) and', 'EGTA', 'ethylene glycol tetraacetic acid'],
  ['a phosphodiesterase (PDE) was', 'PDE', 'phosphodiesterase'],
  ['of prothrombin (PT) and', 'PT', 'prothrombin'],
  ['the sonic pathway of hedgehog (Hh) in', 'Hh', 'hedgehog'],
  ['of messenger RNA (mRNA) was', 'mRNA', 'messenger RNA'],
  ['phosphoinositide 3-kinase (PI3K) is', 'PI3K', 'phosphoinositide 3-kinase'],
  [
    'a phosphatase and tensin homolog deleted on chromosome ten (PTEN) loss',
    'PTEN',
    'phosphatase and tensin homolog deleted on chromosome ten',
  ],
  // Words that are skipped.
  ['quality of life (QoL) and', 'QoL', 'quality of life'],
  ['signs of graft versus host disease (GVHD) were', 'GVHD', 'graft versus host disease'],
  ['the standard deviation of the intervals (SDI) was', 'SDI', 'standard deviation of the intervals'],
  // Numbers, hyphens and Greek letters.
  ['fibroblast growth factor receptor-3 (FGFR-3) is', 'FGFR-3', 'fibroblast growth factor receptor-3'],
  ['fibroblast growth factor receptor-3 (FGFR-3/CD333) is', 'FGFR-3', 'fibroblast growth factor receptor-3'],
  ['heat shock protein 27 (HSP27) is', 'HSP27', 'heat shock protein 27'],
  ['transforming growth factor β2 (TGFB2) is', 'TGFB2', 'transforming growth factor β2'],
  ['protein kinase C α (PKCA) is', 'PKCA', 'protein kinase C α'],
  ['nuclear factor kappa B (NF-κB) is', 'NF-κB', 'nuclear factor kappa B'],
  ['of interferon-β (IFN-β) in', 'IFN-β', 'interferon-β'],
  ['thyroid transcription factor-2 (TTF-2) is', 'TTF-2', 'thyroid transcription factor-2'],
  ['of C-X-C chemokine receptor 4 (CXCR4) in', 'CXCR4', 'C-X-C chemokine receptor 4'],
  ['non-alcoholic fatty liver disease (NAFLD) is', 'NAFLD', 'non-alcoholic fatty liver disease'],
  ['of Sjögren syndrome (SS) in', 'SS', 'Sjögren syndrome'],
  ['of syndrome of Ångström (SOA) in', 'SOA', 'syndrome of Ångström'],
  // Another order.
  ['with diabetes mellitus type 1 (T1DM) were', 'T1DM', 'diabetes mellitus type 1'],
  // Brackets inside the long form.
  ['the poly(ADP-ribose) glycohydrolase (PARG) is', 'PARG', 'poly(ADP-ribose) glycohydrolase'],
  [
    'sarco(endo)plasmic reticulum calcium ATPase (SERCA) is',
    'SERCA',
    'sarco(endo)plasmic reticulum calcium ATPase',
  ],
  ['an M(2)-muscarinic acetylcholine receptor (mAChR) is', 'mAChR', 'M(2)-muscarinic acetylcholine receptor'],
  ['of (S)-alpha-methylhistamine (SAMH) in', 'SAMH', '(S)-alpha-methylhistamine'],
  ['the Na(+)/H(+) exchanger (NHE) is', 'NHE', 'Na(+)/H(+) exchanger'],
  // Square brackets and quotation marks.
  ['rats given 6-hydroxydopa [6-OHD] were', '6-OHD', '6-hydroxydopa'],
  ['of prothrombin time [PT] in', 'PT', 'prothrombin time'],
  ['of macrophage activation syndrome (“MAS”) in', 'MAS', 'macrophage activation syndrome'],
  ['a so-called “MAS” (macrophage activation syndrome) in', 'MAS', 'macrophage activation syndrome'],
  ["of 'tumour lysis syndrome' ('TLS') in", 'TLS', "'tumour lysis syndrome'"],
  // The long form in brackets.
  ['the RA (rheumatoid arthritis) group', 'RA', 'rheumatoid arthritis'],
  ['SMA (spinal muscular atrophy; n = 12) is', 'SMA', 'spinal muscular atrophy'],
  // Both in brackets.
  ['a drug (rheumatoid arthritis, RA) for', 'RA', 'rheumatoid arthritis'],
  ['a drug (RA, rheumatoid arthritis) for', 'RA', 'rheumatoid arthritis'],
  ['a drug (RA: rheumatoid arthritis) for', 'RA', 'rheumatoid arthritis'],
  ['a drug (RA = rheumatoid arthritis) for', 'RA', 'rheumatoid arthritis'],
  // Announced.
  ['rheumatoid arthritis (hereafter RA) is', 'RA', 'rheumatoid arthritis'],
  ['rheumatoid arthritis (abbreviated as RA) is', 'RA', 'rheumatoid arthritis'],
  ['rheumatoid arthritis (RA, n = 30) is', 'RA', 'rheumatoid arthritis'],
  ['Spinal muscular atrophy, or SMA, is', 'SMA', 'Spinal muscular atrophy'],
  ['Spinal muscular atrophy, also known as SMA, is', 'SMA', 'Spinal muscular atrophy'],
  // Attached to what follows.
  ['Toll-like receptor (TLR)4 is', 'TLR', 'Toll-like receptor'],
  ['small interfering (si)RNA is', 'si', 'small interfering'],
];

describe('findAbbreviations', () => {
  it.each(definitions)('reads %j', (text, short, long) => {
    expect(find(text)).toEqual([[short, long]]);
  });

  it.each([
    'Modern memory (M) and memory (MM) here',
    'a tumour of the cancer (CC) kind',
    'a chronic anaemia (AA) here',
    'A controlled trial (RCT) was',
    'A dose (5 mg) and a time (3 h) were',
    'an answer (that is, the tall hat in snow)',
    'the isotope [3H]nicotine was',
    'in the plasma (pH 7.4) here',
    'after washing (fl/fl) mice',
    'of Ras(V12) (Ras) was',
    'in cells (SC-p53(-/-)) and',
    'patients with severe pneumonia, or PS, were',
    'Rho (Rho1), 2 (Rho2) and 3 (Rho3)',
    'the group had previously unclassified kinases (HGK e) in',
  ])('finds no definition in %j', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('reads a long form that begins with another short form', () => {
    expect(
      find('The glucose transporter (GLUT) inhibitor (GLUTi) and GABA(A) receptor (GABAR) rose.'),
    ).toEqual([
      ['GLUT', 'glucose transporter'],
      ['GLUTi', 'GLUT) inhibitor'],
      ['GABAR', 'GABA(A) receptor'],
    ]);
  });

  it('reads each definition of a short form', () => {
    expect(find('Of motor memory (MM) in malignant melanoma (MM).')).toEqual([
      ['MM', 'motor memory'],
      ['MM', 'malignant melanoma'],
    ]);
  });
});

describe('bestLongForm', () => {
  const best = (short: string, text: string, fills?: boolean) => {
    const found = bestLongForm(text, short, { start: 0, end: text.length }, fills);
    return found && [text.slice(found.start, found.end), found.cost];
  };

  it('costs nothing if each letter begins a word', () => {
    expect(best('ER', 'the estrogen receptor')).toEqual(['estrogen receptor', 0]);
    expect(best('MTX', 'and methotrexate')).toEqual(['methotrexate', 2]);
  });

  it('begins at the start of the text if it must fill it', () => {
    expect(best('ER', 'the estrogen receptor', true)).toBeUndefined();
    expect(best('ER', 'estrogen receptor', true)).toEqual(['estrogen receptor', 0]);
  });

  it('takes time proportional to the length of the words', () => {
    expect(best('ABABABABAB', 'ab'.repeat(200_000))).toEqual(['ab'.repeat(200_000), 9]);
  });
});
