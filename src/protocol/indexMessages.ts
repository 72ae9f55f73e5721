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
  /** Number of publications, each counted once however many copies of it the folder has. */
  readonly papers: number;
  /** Number of documents that are no publications: drafts and notes. */
  readonly otherDocuments: number;
  readonly passages: number;
  readonly relations: number;
  /** Number of passages with an embedding, which can be found by meaning. */
  readonly embedded: number;
  /** Number of pairs of names that the relation model did not read. */
  readonly skippedPairs: number;
  /** Whether the index replaces one of an earlier version, or a damaged one, and is not complete again. */
  readonly isRebuilt: boolean;
}

/** The state in which a document was indexed. */
export interface KnownDocument {
  readonly document: string;
  /** A value that changes when the file may have changed, and is quickly found: times, size, version. */
  readonly stamp: string;
  /** Identifies the text, and what made passages of it. */
  readonly content: string;
  /**
   * Identifies the models that made its marks, relations and embeddings. Empty before they have read all of the document.
   */
  readonly models: string;
  /** Identifies the models that have read the first parts of the document. */
  readonly partModels: string;
  /** Number of parts that they have read. */
  readonly parts: number;
  /** Number of publications in it; 0 if it has no passages. */
  readonly papers: number;
}

export interface PutDocument extends Pick<KnownDocument, 'document' | 'stamp' | 'content'> {
  readonly passages: readonly IndexedPassage[];
}

export type Restamp = Pick<KnownDocument, 'document' | 'stamp'>;

/** A part of a document that the models read by itself. Its passages begin between the two offsets. */
export interface DocumentPart extends Span {
  /** Counted from 0. */
  readonly number: number;
  readonly isLast: boolean;
}

/** The findings of the models in a document, or in a part of it. The first part replaces all earlier findings. */
export interface PutFindings {
  readonly document: string;
  readonly models: string;
  /** Default: the whole document. */
  readonly part?: DocumentPart | undefined;
  readonly marks?: StoredMarks | undefined;
  readonly relations: readonly StoredRelation[];
  /** Number of pairs of names that the relation model did not read. */
  readonly skippedPairs: number;
  /** One unit vector for each passage, in the order of the passages. Empty without a question model. */
  readonly vectors: readonly Float32Array[];
}

/** The entities of a part of a document. The index does not interpret them. */
export interface StoredMarks {
  /** Identifies the model and the settings with which they were found, without the model being loaded. */
  readonly tagging: string;
  /** The model, as JSON. */
  readonly model: string;
  readonly record: string;
}

/** The entities of a document that was read to its end. */
export interface FoundMarks extends Omit<StoredMarks, 'record'> {
  readonly document: string;
  /** As in {@link KnownDocument}. */
  readonly content: string;
  /** One for each part of the document. */
  readonly records: readonly string[];
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
  /** Number of papers that were searched. */
  readonly papers: number;
  /** Number of drafts, notes and other documents that were searched. */
  readonly otherDocuments: number;
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
    papers: isCount,
    otherDocuments: isCount,
    passages: isCount,
    relations: isCount,
    embedded: isCount,
    skippedPairs: isCount,
    isRebuilt: isBoolean,
  }),
);

export const knownMethod = plainMethod(
  'known',
  isUndefined,
  isArrayOf(
    isShape<KnownDocument>({
      ...stamped,
      content: isString,
      models: isString,
      partModels: isString,
      parts: isCount,
      papers: isCount,
    }),
  ),
);

/** Returns the entities of those documents that were read to their end. */
export const marksMethod = plainMethod(
  'marks',
  isShape<{ readonly documents: readonly string[] }>({ documents: isArrayOf(isString) }),
  isArrayOf(
    isShape<FoundMarks>({
      document: isString,
      content: isString,
      tagging: isString,
      model: isString,
      records: isArrayOf(isString),
    }),
  ),
);

/** Notes that all documents are indexed: see {@link IndexStats.isRebuilt}. */
export const completeMethod = plainMethod('complete', isUndefined, isUndefined);

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
    part: isOptional(
      isShape<DocumentPart>({ number: isCount, isLast: isBoolean, start: isCount, end: isCount }),
    ),
    marks: isOptional(isShape<StoredMarks>({ tagging: isString, model: isString, record: isString })),
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
    papers: isCount,
    otherDocuments: isCount,
    searched: isCount,
  }),
);

/** Returns relations page by page, the most probable first; each page is grouped by document. */
export const relationsMethod = plainMethod(
  'relations',
  isShape<RelationsRequest>({ from: isCount, limit: isCount, only: isOptional(isFilter) }),
  isArrayOf(isShape<FoundRelations>({ document: isString, payloads: isArrayOf(isString) })),
);
