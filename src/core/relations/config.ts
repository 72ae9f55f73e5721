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

/** What the pipeline must know of a relation model; read from `biobert.json`. */
export interface RelationConfig {
  /** Their labels, one after the other, are the logits of a pair. */
  readonly heads: readonly RelationHead[];
  readonly markers: ReadonlyMap<EntityType, Marker>;
  /** The piece that stands for a name that is masked. */
  readonly maskId: number;
  readonly tokenTypes: TaggerConfig['tokenTypes'];
  /** Longest row, special tokens included. */
  readonly maxTokens: number;
}

/** Types of relations that are shown, each once. */
export function relationTypes(heads: readonly RelationHead[]): RelationType[] {
  return [...new Set(heads.flatMap(({ relations }) => relations.map(({ type }) => type)))];
}

/** Logits of a pair. */
export function logitCount(heads: readonly RelationHead[]): number {
  return heads.reduce((count, { labels }) => count + labels.length, 0);
}
