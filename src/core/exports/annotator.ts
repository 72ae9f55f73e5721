/** Who made an annotation: a model, or a person who accepted, changed or added it. */

export interface ModelAnnotator {
  /** Display name of the model, with its version. */
  readonly name: string;
  /** Hexadecimal SHA-256 hash of the weights; brat files contain only its first digits. */
  readonly hash: string;
}

export type Annotator = ModelAnnotator | 'person';

/** An entity or a relation with its annotator. Undefined if the annotator is not known. */
export type Attributed<T> = T & { readonly annotator?: Annotator | undefined };

/** The models that annotated a document. */
export interface AnnotatingModels {
  readonly entities: ModelAnnotator;
  /** Undefined if no model searched for relations. */
  readonly relations?: ModelAnnotator | undefined;
}

/** Number of digits in a short hash. Twelve digits distinguish any two models; more would be hard to read. */
const shortHashLength = 12;

export function shortHash(hash: string): string {
  return hash.slice(0, shortHashLength);
}

/** The annotator in readable text: `BioBERT compact 2.0 (sha256 1a2b3c4d5e6f)`. */
export function annotatorIdentity({ name, hash }: ModelAnnotator): string {
  return `${name} (sha256 ${shortHash(hash)})`;
}

/**
 * The two annotator columns of a table: the name and the hash of a model, or `person`; empty if the annotator is not
 * known.
 */
export function annotatorColumns(annotator: Annotator | undefined): readonly [name: string, hash: string] {
  if (annotator === undefined || annotator === 'person') return [annotator ?? '', ''];
  return [annotator.name, annotator.hash];
}
