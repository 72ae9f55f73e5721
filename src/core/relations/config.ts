import type { Calibration, EntityType, RelationType, TaggerConfig } from '../types';

/** What the product calls a label of one head between two types of mentions. */
export interface NamedRelation {
  readonly subject: EntityType;
  readonly object: EntityType;
  /** One of {@link RelationHead.labels}. */
  readonly label: string;
  readonly type: RelationType;
}

/** One annotation guideline that the model has learnt: a softmax over its labels and "none", whose logit is 0. */
export interface RelationHead {
  readonly name: string;
  /** `sentence`: of mentions in one sentence. `document`: of names, wherever a text mentions them. */
  readonly scope: 'sentence' | 'document';
  /** In the order of its logits. */
  readonly labels: readonly string[];
  /** Types (subject, object) that the guideline speaks of. */
  readonly pairs: readonly (readonly [subject: EntityType, object: EntityType])[];
  /** What is shown of it. */
  readonly relations: readonly NamedRelation[];
  /** The calibrated probability from which on a relation is told unless the caller names another: the best F1 on dev. */
  readonly threshold: number;
  readonly calibration?: Calibration | undefined;
}

/** Ids of the pieces before and after a mention. */
export interface Marker {
  readonly open: number;
  readonly close: number;
}

interface CommonConfig {
  /** Their labels, one after the other, are the logits of a pair. */
  readonly heads: readonly RelationHead[];
  readonly tokenTypes: TaggerConfig['tokenTypes'];
  /** Longest row, special tokens included. */
  readonly maxTokens: number;
}

/** Ours: every mention of a row stands between typed markers, and all pairs of a row are scored at once. */
export interface MarkedConfig extends CommonConfig {
  readonly markers: ReadonlyMap<EntityType, Marker>;
  /** The piece that stands for a name that is masked. */
  readonly maskId: number;
}

/** A sequence classifier of others: one row a pair, with the two mentions masked or marked. */
export interface PairwiseConfig extends CommonConfig {
  /**
   * How a mention of the pair is written, by its type, else its role (`subject`, `object`), else its place (`first`,
   * `second`): `@GENE$` in its stead, or `[E1] {} [/E1]` around it.
   */
  readonly mentions: ReadonlyMap<string, string>;
  /** Ids of pieces that training has added to the vocabulary, `[E1]` for one. */
  readonly addedPieces: ReadonlyMap<string, number>;
  /** What each logit of the network says: a label of the one head, or that nothing is said of the pair. */
  readonly outputs: readonly (string | undefined)[];
}

/** What the pipeline must know of a relation model; read from `biobert.json`. */
export type RelationConfig = MarkedConfig | PairwiseConfig;

export function isPairwise(config: RelationConfig): config is PairwiseConfig {
  return 'mentions' in config;
}

/** Types of mentions that the model reads. */
export function relatedTypes(config: RelationConfig): ReadonlySet<EntityType> {
  return new Set(
    isPairwise(config) ? config.heads.flatMap(({ pairs }) => pairs.flat()) : config.markers.keys(),
  );
}

/** Types of relations that are shown, each once. */
export function relationTypes(heads: readonly RelationHead[]): RelationType[] {
  return [...new Set(heads.flatMap(({ relations }) => relations.map(({ type }) => type)))];
}

/** Logits of a pair. */
export function logitCount(heads: readonly RelationHead[]): number {
  return heads.reduce((count, { labels }) => count + labels.length, 0);
}
