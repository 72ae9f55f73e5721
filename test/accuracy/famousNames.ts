/** Names that every reader of the field knows, sentences for them, and how many the tagger has to find. */
import type { ShippedType } from '../../src/core/entities/entityTypes';

interface FamousNames {
  /**
   * Least share of name and sentence pairs, in percent, in which the name gets its type. It is some six points below
   * what the shipped tagger reaches (see the comment beside it): rules and runtimes may move a few names, but a tagger
   * that has lost a kind of name fails. Raise it with the tagger.
   */
  readonly floor: number;
  /** `{x}` is the name inside a sentence, `{X}` at its beginning, where an ordinary word has a capital. */
  readonly frames: readonly [string, string];
  /** As inside a sentence, separated by semicolons. */
  readonly names: string;
}

/**
 * One frame says what the name is about as well as sentences of papers do, the other hardly. Both stay neutral to
 * number, so that "rats" and "Mus musculus" fit.
 */
export const famousNames: Readonly<Record<ShippedType, FamousNames>> = {
  Gene: {
    // Tagger 3.0: 84 (2.1: 78).
    floor: 78,
    frames: ['Loss of {x} made the tumours grow faster.', '{X} was measured at four time points.'],
    names: `BRCA1; KRAS; BRAF; ALK; PTEN; JAK2; NOTCH1; STAT3; interleukin-6; CTLA-4; CD4; HIF-1α; MDM2; E-cadherin;
      erythropoietin; CFTR; PCSK9; GAPDH; FTO; OCT4; caspase-3; mTOR; SMAD4; CXCR4; MLH1`,
  },
  Disease: {
    // Tagger 3.0: 78 (2.1: 90): it needs more context for short names of diseases, such as gout and COPD.
    floor: 72,
    frames: ['The trial enrolled adults who had been treated for {x}.', '{X} was no reason for exclusion.'],
    names: `breast cancer; melanoma; tuberculosis; type 2 diabetes; hypertension; Alzheimer's disease;
      Huntington's disease; cystic fibrosis; schizophrenia; epilepsy; atrial fibrillation; sepsis; COPD; gout;
      pancreatic cancer; hepatitis B; dengue fever; cholera; ulcerative colitis; preeclampsia; anaemia; long COVID;
      HFpEF; ADHD; acute lymphoblastic leukaemia`,
  },
  Chemical: {
    // Tagger 3.0: 98 (2.1: 98).
    floor: 92,
    frames: ['Oral doses of {x} were compared in two groups.', '{X} was added on the second day.'],
    names: `aspirin; metformin; paracetamol; warfarin; atorvastatin; cisplatin; paclitaxel; methotrexate; bortezomib;
      trastuzumab; nivolumab; adalimumab; remdesivir; ivermectin; doxycycline; rifampicin; amphotericin B; propranolol;
      furosemide; fluoxetine; haloperidol; diazepam; fentanyl; nicotine; resveratrol`,
  },
  Species: {
    // Tagger 3.0: 96 (2.1: 76).
    floor: 90,
    frames: ['Infection experiments with {x} were repeated twice.', '{X}: a genome and its annotation'],
    names: `mice; rats; zebrafish; humans; Mus musculus; Danio rerio; Xenopus laevis; Bacillus subtilis;
      Staphylococcus aureus; Plasmodium falciparum; Mycobacterium tuberculosis; Candida albicans; HIV-1; SARS-CoV-2;
      influenza A virus; Epstein-Barr virus; Caenorhabditis elegans; Drosophila melanogaster; Arabidopsis thaliana;
      Oryza sativa; rhesus macaques; pigs; rabbits; chickens; S. pneumoniae`,
  },
  Variant: {
    // Tagger 3.0: 94.
    floor: 88,
    frames: ['Carriers of {x} had an earlier onset.', '{X} was typed in both cohorts.'],
    names: `V600E; G12C; T790M; L858R; E484K; N501Y; D614G; R175H; H1047R; F508del; C282Y; Val66Met; C677T; rs429358;
      rs7412; rs1801133; rs7903146; c.35delG; c.68_69delAG; c.1799T>A; p.Arg506Gln; p.Gly12Asp; p.V617F; 20210G>A;
      Arg72Pro`,
  },
  CellLine: {
    // Tagger 3.0: 54.
    floor: 48,
    frames: ['The plasmid was transfected into {x} cells.', '{X} cells were seeded in six wells.'],
    names: `HeLa; HEK293; MCF-7; A549; Jurkat; K562; HepG2; U2OS; PC-3; LNCaP; HCT116; SH-SY5Y; CHO; NIH 3T3; COS-7;
      Vero; Caco-2; THP-1; U937; RAW 264.7; MDA-MB-231; SK-BR-3; HL-60; Huh7; T47D`,
  },
};

export interface FamousSentence {
  readonly text: string;
  /** Span of the name in `text`. */
  readonly start: number;
  readonly end: number;
}

/** Every name of a type in every sentence for it. */
export function famousSentences(type: ShippedType): readonly FamousSentence[] {
  const { frames, names } = famousNames[type];
  return names
    .split(';')
    .map((name) => name.trim().replace(/\s+/g, ' '))
    .flatMap((name) => frames.map((frame) => sentenceOf(frame, name)));
}

function sentenceOf(frame: string, name: string): FamousSentence {
  const start = frame.search(/\{x\}/i);
  const isFirst = frame.startsWith('{X}');
  const written = isFirst && isWord(name) ? name.slice(0, 1).toUpperCase() + name.slice(1) : name;
  return {
    text: frame.slice(0, start) + written + frame.slice(start + '{x}'.length),
    start,
    end: start + written.length,
  };
}

/** Begins with an ordinary word, which takes a capital: not a symbol such as mTOR, rs7412 or c.35delG. */
function isWord(name: string): boolean {
  return /^\p{Ll}{2,}(?:$|[\s-])/u.test(name);
}
