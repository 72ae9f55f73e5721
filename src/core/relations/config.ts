import type { Calibration, EntityType, RelationType, TaggerConfig } from '../types';

/** The relation type that a label of a head stands for, between two types of mentions. */
export interface NamedRelation {
  readonly subject: EntityType;
  readonly object: EntityType;
  /** One of {@link RelationHead.labels}. */
  readonly label: string;
  readonly type: RelationType;
}

/**
 * A head of the model, trained on one annotation guideline: a softmax over its labels and "none", whose logit is 0.
 */
export interface RelationHead {
  readonly name: string;
  /** `sentence`: relates mentions in one sentence. `document`: relates concepts, wherever the text mentions them. */
  readonly scope: 'sentence' | 'document';
  /** Labels in the order of the logits. */
  readonly labels: readonly string[];
  /** Type pairs (subject, object) that the guideline covers. */
  readonly pairs: readonly (readonly [subject: EntityType, object: EntityType])[];
  /** Relations of this head that are shown. */
  readonly relations: readonly NamedRelation[];
  /** Default minimum calibrated probability of a relation; it gives the best F1 on the development set. */
  readonly threshold: number;
  /**
   * Minimum probability of a relation between mentions in different sentences. What two sentences state together is
   * predicted much less reliably than what one sentence states. Default: {@link threshold}.
   */
  readonly thresholdAcross?: number | undefined;
  /**
   * Probability from which a relation is listed by default; a less probable one is tentative, see
   * `Relation.isTentative`. Default: {@link threshold}.
   */
  readonly thresholdListed?: number | undefined;
  /** The same for a relation between mentions in different sentences. Default: {@link thresholdListed}. */
  readonly thresholdListedAcross?: number | undefined;
  readonly calibration?: Calibration | undefined;
}

/** Ids of the tokens before and after a mention. */
export interface Marker {
  readonly open: number;
  readonly close: number;
}

interface CommonConfig {
  /** The heads. The logits of a pair are their labels in this order. */
  readonly heads: readonly RelationHead[];
  readonly tokenTypes: TaggerConfig['tokenTypes'];
  /** Maximum number of tokens in a row, including special tokens. */
  readonly maxTokens: number;
}

/**
 * Configuration of the extension's own models: every mention of a row is enclosed in typed markers, and all pairs of a
 * row are scored at once.
 */
export interface MarkedConfig extends CommonConfig {
  readonly markers: ReadonlyMap<EntityType, Marker>;
  /** Id of the token that replaces a masked name. */
  readonly maskId: number;
}

/** Configuration of another sequence classifier: one row per pair, with the two mentions masked or marked. */
export interface PairwiseConfig extends CommonConfig {
  /**
   * How a mention of the pair is written, by its type, or else its role (`subject`, `object`), or else its position
   * (`first`, `second`): replaced by `@GENE$`, or enclosed as in `[E1] {} [/E1]`.
   */
  readonly mentions: ReadonlyMap<string, string>;
  /** Ids of tokens that training has added to the vocabulary, for example `[E1]`. */
  readonly addedTokens: ReadonlyMap<string, number>;
  /** The meaning of each logit: a label of the single head, or undefined for "no relation". */
  readonly outputs: readonly (string | undefined)[];
}

/** Configuration of a relation model, read from `biobert.json`. */
export type RelationConfig = MarkedConfig | PairwiseConfig;

export function isPairwise(config: RelationConfig): config is PairwiseConfig {
  return 'mentions' in config;
}

/** Entity types that the model reads. */
export function relatedTypes(config: RelationConfig): ReadonlySet<EntityType> {
  return new Set(
    isPairwise(config) ? config.heads.flatMap(({ pairs }) => pairs.flat()) : config.markers.keys(),
  );
}

/** Relation types that are shown, without duplicates. */
export function relationTypes(heads: readonly RelationHead[]): RelationType[] {
  return [...new Set(heads.flatMap(({ relations }) => relations.map(({ type }) => type)))];
}

/** Number of logits per pair. */
export function logitCount(heads: readonly RelationHead[]): number {
  return heads.reduce((count, { labels }) => count + labels.length, 0);
}
