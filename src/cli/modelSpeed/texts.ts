/** Made-up abstracts: the word lengths, sentence lengths and share of names of real ones, and nobody's text. */

const genes = [
  'BRCA1',
  'TP53',
  'interleukin-6',
  'EGFR',
  'TNF-alpha',
  'p38 MAPK',
  'caspase-3',
  'KRAS',
  'Bcl-2',
  'STAT3',
];
const diseases = [
  'breast cancer',
  'type 2 diabetes mellitus',
  'rheumatoid arthritis',
  'hypertension',
  'acute myeloid leukaemia',
  'asthma',
  "Parkinson's disease",
  'hepatocellular carcinoma',
];
const chemicals = [
  'tamoxifen',
  'cisplatin',
  'metformin',
  'dexamethasone',
  'glucose',
  'aspirin',
  '5-fluorouracil',
  'lithium',
];
const adverbs = [
  'significantly',
  'markedly',
  'only slightly',
  'consistently',
  'dose-dependently',
  'unexpectedly',
];
const verbs = ['increased', 'reduced', 'modulated', 'abolished', 'preceded', 'was associated with'];
const templates = [
  'Expression of {gene} {adverb} {verb} the response of {n} patients with {disease} to {chemical}.',
  'We investigated whether {chemical} {verb} {gene} in a cohort of {n} subjects suffering from {disease}.',
  'In contrast, treatment with {chemical} ({n} mg/kg per day, i.v.) {adverb} {verb} the activity of {gene} and {gene}.',
  'These findings suggest that {gene} is involved in the development of {disease} and may predict its outcome (p < 0.0{n}).',
  'After {n} weeks, the proportion of cells that were positive for {gene} had {adverb} changed in the group given {chemical}.',
  'The aim of this study was to describe how {disease} {verb} the metabolism of {chemical} in {n} elderly women.',
  'No effect of {chemical} on the survival of mice with {disease} was seen in any of the {n} experiments.',
  'Multivariate analysis of {n} samples confirmed the association between {gene}, {gene} and {disease}.',
];

/** A small, fast generator with a seed (mulberry32). @returns numbers in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Sentences that never repeat, so that no cache helps where none is meant to. */
export class TextMaker {
  private readonly random: () => number;
  private serial = 0;

  constructor(private readonly seed: number) {
    this.random = randomFrom(seed);
  }

  sentence(): string {
    const lists: Readonly<Record<string, readonly string[]>> = {
      gene: genes,
      disease: diseases,
      chemical: chemicals,
      adverb: adverbs,
      verb: verbs,
    };
    const template = this.pick(templates);
    return template.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'n' ? `${this.seed}${this.serial++}` : this.pick(lists[name] ?? []),
    );
  }

  /** About `words` words in one paragraph. */
  abstract(words = 250): string {
    const sentences: string[] = [];
    for (let count = 0; count < words;) {
      const sentence = this.sentence();
      sentences.push(sentence);
      count += sentence.split(' ').length;
    }
    return sentences.join(' ');
  }

  abstracts(count: number): string[] {
    return Array.from({ length: count }, () => this.abstract());
  }

  /** Paragraphs of about 120 words. */
  document(words: number): string {
    return Array.from({ length: Math.max(1, Math.round(words / 120)) }, () => this.abstract(115)).join(
      '\n\n',
    );
  }

  private pick(list: readonly string[]): string {
    return list[Math.floor(this.random() * list.length)] ?? '';
  }
}
