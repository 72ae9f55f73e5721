/** Messages between the extension host and the worker that keeps the index of a folder. */
import type { QuestionConcept } from '../core/questions/askedQuestion';
import type { KeyedPublications, StatedPublication } from '../core/records/publicationKeys';
import type { ProseRun, Span, TextPassage } from '../core/types';
import {
  isArrayOf,
  isBoolean,
  isCount,
  isNumber,
  isOptional,
  isShape,
  isString,
  isUndefined,
} from './guards';
import type { Guard } from './guards';
import { plainMethod } from './rpc';

/** A passage with the lines of its sentences. */
export interface IndexedPassage {
  readonly passage: TextPassage;
  readonly sentenceLines: readonly number[];
}

export interface IndexStats {
  readonly documents: number;
  readonly passages: number;
  readonly relations: number;
  /** Number of passages with an embedding, which can be found by meaning. */
  readonly embedded: number;
  /** Number of pairs of names that the relation model did not read. */
  readonly skippedPairs: number;
}

/** The state in which a document was indexed. */
export interface KnownDocument {
  readonly document: string;
  /** A value that changes when the file may have changed, and is quickly found: times, size, version. */
  readonly stamp: string;
  /** Identifies the text, and what made passages of it. */
  readonly content: string;
  /** Identifies the models that made its relations and embeddings. Empty before a model has read the document. */
  readonly models: string;
}

export interface PutDocument extends Pick<KnownDocument, 'document' | 'stamp' | 'content'> {
  readonly passages: readonly IndexedPassage[];
}

export type Restamp = Pick<KnownDocument, 'document' | 'stamp'>;

export interface PutFindings {
  readonly document: string;
  readonly models: string;
  readonly relations: readonly StoredRelation[];
  /** Number of pairs of names that the relation model did not read. */
  readonly skippedPairs: number;
  /** One unit vector for each passage, in the order of the passages. Empty without a question model. */
  readonly vectors: readonly Float32Array[];
}

/** A relation with the probability that it is ranked by. The index does not interpret `payload`. */
export interface StoredRelation extends Partial<StatedPublication> {
  readonly probability: number;
  readonly payload: string;
}

/** Limits a search to some publications of the folder. Without keys all publications pass. */
export interface PublicationFilter extends KeyedPublications {
  /** Whether drafts and notes are left out. Default: false. */
  readonly recordsOnly?: boolean | undefined;
}

export interface SearchRequest {
  readonly question: string;
  /** The concepts that the question names; passages with another name of one are found too. Default: none. */
  readonly concepts?: readonly QuestionConcept[] | undefined;
  /** Embedding of the question, a unit vector. Default: the passages are ranked by words only. */
  readonly vector?: Float32Array | undefined;
  readonly limit: number;
  /** Default: the whole folder is searched. */
  readonly only?: PublicationFilter | undefined;
}

export interface SearchResult {
  /** Best first. */
  readonly found: readonly FoundPassage[];
  /** Number of documents that were searched. */
  readonly documents: number;
  /** Number of passages that were searched. */
  readonly searched: number;
}

/** A part of the list of relations. */
export interface RelationsRequest {
  /** Number of the first relation, counted from 0. */
  readonly from: number;
  readonly limit: number;
  /** Default: the relations of the whole folder. */
  readonly only?: PublicationFilter | undefined;
}

export interface FoundPassage extends IndexedPassage {
  readonly document: string;
}

export interface FoundRelations {
  readonly document: string;
  readonly payloads: readonly string[];
}

const isOffsets = isShape<Span>({ start: isCount, end: isCount });
const isRun = isShape<ProseRun>({
  start: isCount,
  length: isCount,
  documentStart: isCount,
  documentLength: isCount,
});

const isPassage = isShape<TextPassage>({
  start: isCount,
  end: isCount,
  text: isString,
  base: isCount,
  runs: isArrayOf(isRun),
  sentences: isArrayOf(isOffsets),
  publication: isOptional(isString),
  citation: isOptional(isString),
});

const isConcept = isShape<QuestionConcept>({
  type: isString,
  name: isString,
  synonyms: isArrayOf(isString),
  mention: isOptional(isOffsets),
});

const isFilter = isShape<PublicationFilter>({
  keys: isOptional(isArrayOf(isString)),
  others: isOptional(isArrayOf(isString)),
  recordsOnly: isOptional(isBoolean),
});

const stamped = { document: isString, stamp: isString } as const;
const indexed = { passage: isPassage, sentenceLines: isArrayOf(isCount) } as const;
const isVector: Guard<Float32Array> = (value): value is Float32Array => value instanceof Float32Array;

export const statsMethod = plainMethod(
  'stats',
  isUndefined,
  isShape<IndexStats>({
    documents: isCount,
    passages: isCount,
    relations: isCount,
    embedded: isCount,
    skippedPairs: isCount,
  }),
);

export const knownMethod = plainMethod(
  'known',
  isUndefined,
  isArrayOf(isShape<KnownDocument>({ ...stamped, content: isString, models: isString })),
);

export const putMethod = plainMethod(
  'put',
  isShape<PutDocument>({
    ...stamped,
    content: isString,
    passages: isArrayOf(isShape<IndexedPassage>(indexed)),
  }),
  isUndefined,
);

/** Gives a known document another stamp: its file was written, but has the same content. */
export const restampMethod = plainMethod('restamp', isShape<Restamp>(stamped), isUndefined);

export const findingsMethod = plainMethod(
  'findings',
  isShape<PutFindings>({
    document: isString,
    models: isString,
    relations: isArrayOf(
      isShape<StoredRelation>({
        probability: isNumber,
        payload: isString,
        publication: isOptional(isString),
        citation: isOptional(isString),
      }),
    ),
    skippedPairs: isCount,
    vectors: isArrayOf(isVector),
  }),
  isUndefined,
);

export const removeMethod = plainMethod('remove', isArrayOf(isString), isUndefined);

export const searchMethod = plainMethod(
  'search',
  isShape<SearchRequest>({
    question: isString,
    concepts: isOptional(isArrayOf(isConcept)),
    vector: isOptional(isVector),
    limit: isCount,
    only: isOptional(isFilter),
  }),
  isShape<SearchResult>({
    found: isArrayOf(isShape<FoundPassage>({ document: isString, ...indexed })),
    documents: isCount,
    searched: isCount,
  }),
);

/** Returns relations page by page, the most probable first; each page is grouped by document. */
export const relationsMethod = plainMethod(
  'relations',
  isShape<RelationsRequest>({ from: isCount, limit: isCount, only: isOptional(isFilter) }),
  isArrayOf(isShape<FoundRelations>({ document: isString, payloads: isArrayOf(isString) })),
);
