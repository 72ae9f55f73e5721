/** Who says what stands in a file of annotations: a model, or a person who accepted, changed or added it. */

export interface ModelAnnotator {
  /** With its version, as a reader sees it. */
  readonly name: string;
  /** sha256 of its weights, hexadecimal; of brat's files its beginning. */
  readonly hash: string;
}

export type Annotator = ModelAnnotator | 'person';

/** An entity or a relation of which it is known who says so; absent: it is not. */
export type Attributed<T> = T & { readonly annotator?: Annotator | undefined };

/** The models that a document was given to. */
export interface AnnotatingModels {
  readonly entities: ModelAnnotator;
  /** Absent where no model looked for relations. */
  readonly relations?: ModelAnnotator | undefined;
}

/** Twelve digits of a hash tell any two models apart; where people read along, more would be in the way. */
export const shortHashLength = 12;

export function shortHash(hash: string): string {
  return hash.slice(0, shortHashLength);
}

/** Where people read it: `BioBERT compact 2.0 (sha256 1a2b3c4d5e6f)`. */
export function annotatorIdentity({ name, hash }: ModelAnnotator): string {
  return `${name} (sha256 ${shortHash(hash)})`;
}

/** Two columns of a table: a model's name and hash, or `person`; empty where it is not known. */
export function annotatorColumns(annotator: Annotator | undefined): readonly [name: string, hash: string] {
  if (annotator === undefined || annotator === 'person') return [annotator ?? '', ''];
  return [annotator.name, annotator.hash];
}
