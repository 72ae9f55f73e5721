import type { Concept, Entity } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';

/** A concept as results give it. */
export interface ConceptFacts {
  /** `MESH:D001241` */
  readonly id: string;
  readonly name: string;
  /** `MeSH 2024` */
  readonly source: string;
}

export function conceptFacts(concepts: readonly Concept[] = []): readonly ConceptFacts[] {
  return concepts.map(({ id, name, source }) => ({ id, name, source }));
}

/** A name in a sentence, with its place. */
export interface NameFacts {
  readonly name: string;
  readonly type: string;
  readonly concepts: readonly ConceptFacts[];
  /** UTF-16 offsets in the text of the document. */
  readonly start: number;
  readonly end: number;
}

export function nameFacts({ name, type, concepts, start, end }: Entity): NameFacts {
  return { name, type, concepts: conceptFacts(concepts), start, end };
}

/** The model behind a result. */
export interface ModelFacts {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of its weights, in hexadecimal. */
  readonly hash: string;
}

export function modelFacts(model: ModelInfo | undefined): ModelFacts | undefined {
  return model && { name: model.name, version: model.version, hash: model.hash };
}
