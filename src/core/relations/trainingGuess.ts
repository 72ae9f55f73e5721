/**
 * Guesses how a user's own relation classifier was trained, for the user to check: how the two mentions are written,
 * and what the labels mean.
 */
import type { EntityType } from '../types';

/** The meaning of a label for "no relation". */
export const noRelation = 'none';

/** The input format that a classifier was trained on. */
export interface PairReading {
  /** How mentions are written, as in {@link PairwiseConfig.mentions}. */
  readonly mentions: Readonly<Record<string, string>>;
  readonly pairs: readonly (readonly [subject: EntityType, object: EntityType])[];
}

interface KnownReading extends PairReading {
  /** Matches the name of the model. */
  readonly hint: RegExp;
  /** Label names in the order of the training script, for checkpoints that do not name their labels. */
  readonly order: readonly string[];
}

/** Input formats of the preparation scripts of BioBERT (GAD, EU-ADR, ChemProt) and BLURB (ChemProt, DDI, GAD). */
const knownReadings: readonly KnownReading[] = [
  {
    hint: /chemprot|drugprot|cpr/u,
    mentions: { Chemical: '@CHEMICAL$', Gene: '@GENE$' },
    pairs: [['Chemical', 'Gene']],
    order: ['cpr:3', 'cpr:4', 'cpr:5', 'cpr:6', 'cpr:9', 'false'],
  },
  {
    hint: /gad|eu-?adr|gene-?disease/u,
    mentions: { Gene: '@GENE$', Disease: '@DISEASE$' },
    pairs: [['Gene', 'Disease']],
    order: ['0', '1'],
  },
  {
    hint: /bc5cdr|cdr|cid|chemical-?disease/u,
    mentions: { Chemical: '@CHEMICAL$', Disease: '@DISEASE$' },
    pairs: [['Chemical', 'Disease']],
    order: ['false', 'induces'],
  },
  {
    hint: /ddi|drug-?drug/u,
    mentions: { Chemical: '@DRUG$' },
    pairs: [['Chemical', 'Chemical']],
    order: [],
  },
];

/** All known input formats, most common first; {@link guessReading} chooses from them. */
export const readings: readonly PairReading[] = knownReadings.map(({ mentions, pairs }) => ({
  mentions,
  pairs,
}));

/**
 * @param names Names of the model and of its origin.
 * @returns `undefined` if the names match no known format.
 */
export function guessReading(names: readonly string[]): PairReading | undefined {
  const known = knownBy(names);
  return known && { mentions: known.mentions, pairs: known.pairs };
}

function knownBy(names: readonly string[]): KnownReading | undefined {
  return knownReadings.find(({ hint }) => names.some((name) => hint.test(name.toLowerCase())));
}

/** Meanings of ChemProt's groups (Krallinger et al. 2017, table 2), and of the names that BLURB gives them. */
const meanings: ReadonlyMap<string, string> = new Map([
  ['cpr:3', 'activator'],
  ['upregulator', 'activator'],
  ['cpr:4', 'inhibitor'],
  ['downregulator', 'inhibitor'],
  ['cpr:5', 'agonist'],
  ['cpr:6', 'antagonist'],
  ['cpr:9', 'substrate or product'],
  ['substrate', 'substrate or product'],
]);

/** Label names for "no relation" in the common corpora. */
const negative =
  /^(?:0|false|none|no|negative|neg|other|na|n\/a|no[ _-]?relation|not[ _-]?related|ddi-false)$/u;
const positive = /^(?:1|true|yes|positive|pos)$/u;

/**
 * Guesses the meaning of each label: the name of a relation, or {@link noRelation}.
 * @param labels Labels in the order of the logits.
 */
export function guessRelationLabels(labels: readonly string[], names: readonly string[]): string[] {
  const isUnnamed = labels.every((label) => /^LABEL_\d+$/u.test(label));
  const order = knownBy(names)?.order ?? [];
  const named = isUnnamed && order.length === labels.length ? order : labels;
  return named.map((label, index) => {
    const lowerCaseLabel = label.toLowerCase();
    if (negative.test(lowerCaseLabel) || (isUnnamed && named === labels && index === 0 && labels.length > 1))
      return noRelation;
    if (positive.test(lowerCaseLabel) || (isUnnamed && labels.length <= 2)) return 'associated';
    return meanings.get(lowerCaseLabel) ?? lowerCaseLabel.replace(/[_-]+/gu, ' ');
  });
}
