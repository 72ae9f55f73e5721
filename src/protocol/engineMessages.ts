/** Everything that crosses the border between the host and the engine's process, with the guards for both ends. */
import type { Unread } from '../core/documents/coverage';
import { formatNames } from '../core/documents/formatNames';
import type { Simplification } from '../core/documents/simplified';
import type { TaggerProgress } from '../core/entities/pipeline';
import type { RelateProgress } from '../core/relations/relate';
import type {
  Abbreviation,
  ConceptLink,
  Cue,
  DocumentFormat,
  Entity,
  EvidenceMark,
  Measured,
  Relation,
  Span,
  UserTerm,
} from '../core/types';
import type {
  ConceptEntry,
  ConceptsRequest,
  ConceptsResult,
  EngineState,
  ModelInfo,
  Priority,
  QuestionAbilities,
  RelationsRequest,
  RelationsResult,
  TagRequest,
  TagResult,
  TerminologyInfo,
} from './engine';
import {
  type Guard,
  isArrayOf,
  isBoolean,
  isCount,
  isNumber,
  isOneOf,
  isOptional,
  isProbability,
  isRecord,
  isShape,
  isString,
  isUndefined,
  isTrue,
} from './guards';
import type { EventType, Method } from './rpc';
import { isModelTask, type ModelTask } from './tasks';
import { isTextPart, type TextPart } from './textTransfer';

/** A request about a text that was sent before, by the number of the text. */
export type TextParams<Request> = Omit<Request, 'text'> & { readonly textId: number };

/** The reply to a request about a text. The lists of the result went before, as progress. */
export type TextReply<Rest> =
  /** The receiver does not have the text of this number: send it and repeat the request. */
  { readonly kind: 'text-unknown' } | { readonly kind: 'done'; readonly result: Rest };

export type TagParams = TextParams<TagRequest>;
export type TagReply = TextReply<Omit<TagResult, 'entities' | 'abbreviations'>>;

/** Findings since the last part; at most {@link itemsPerMessage} of each, so that no message holds the host long. */
export interface TagPart extends TaggerProgress {
  readonly abbreviations: readonly Abbreviation[];
  /**
   * In a part that corrects earlier ones, after all others: the places of entities that are not in the result (at most
   * {@link itemsPerMessage}); `entities` are then to be added at their places. Undefined in other parts.
   */
  readonly withdrawn?: readonly Span[] | undefined;
}

export type RelationsParams = TextParams<RelationsRequest>;
export type RelationsReply = TextReply<Omit<RelationsResult, 'relations'>>;

/** Most entities, abbreviations or relations in one message. */
export const itemsPerMessage = 500;

export interface ChildStatus {
  readonly state: EngineState;
  readonly memoryBytes: number;
  /** Number of batches that the process has begun. */
  readonly batches: number;
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}

export const isFormat = isOneOf(Object.keys(formatNames) as DocumentFormat[]);

export const isPriority = isOneOf<Priority>(['interactive', 'background']);

const isOffsets = isShape<Span>({ start: isCount, end: isCount });
export const isSpan: Guard<Span> = (value): value is Span => isOffsets(value) && value.start <= value.end;

const conceptFields = {
  id: isString,
  name: isString,
  source: isString,
  species: isOptional(isString),
};

const isConceptLink = isShape<ConceptLink>({
  ...conceptFields,
  method: isOneOf(['name', 'spelling', 'abbreviation', 'context', 'user']),
});

const isUserTerm = isShape<UserTerm>({ name: isString, id: isString, type: isString });

const isTerminologyInfo = isShape<TerminologyInfo>({ name: isString, version: isString });

const isEntityShape = isShape<Entity>({
  start: isCount,
  end: isCount,
  text: isString,
  name: isString,
  type: isString,
  probability: isProbability,
  isInferred: isOptional(isTrue),
  concepts: isOptional(isArrayOf(isConceptLink)),
});
const isEntity: Guard<Entity> = (value): value is Entity => isEntityShape(value) && isSpan(value);

const isCueShape = isShape<Cue>({ start: isCount, end: isCount, text: isString });
const isCue: Guard<Cue> = (value): value is Cue => isCueShape(value) && isSpan(value);

const isEvidenceMarkShape = isShape<EvidenceMark>({
  start: isCount,
  end: isCount,
  role: isOneOf(['subject', 'object', 'cue']),
});
const isEvidenceMark: Guard<EvidenceMark> = (value): value is EvidenceMark =>
  isEvidenceMarkShape(value) && isSpan(value);

const isPairOfStrings: Guard<readonly [string, string]> = (value): value is readonly [string, string] =>
  isArrayOf(isString)(value) && value.length === 2;

const isRelation = isShape<Relation>({
  type: isString,
  subject: isEntity,
  object: isEntity,
  concepts: isOptional(isPairOfStrings),
  probability: isProbability,
  isTentative: isOptional(isBoolean),
  evidence: isSpan,
  evidenceText: isString,
  evidenceMarks: isOptional(isArrayOf(isEvidenceMark)),
  negated: isOptional(isCue),
  speculated: isOptional(isCue),
  publication: isOptional(isString),
  citation: isOptional(isString),
});

const isAbbreviation = isShape<Abbreviation>({
  short: isSpan,
  long: isSpan,
  shortText: isString,
  longText: isString,
});

const isMeasured = isShape<Measured>({
  type: isString,
  set: isString,
  precision: isNumber,
  recall: isNumber,
  f1: isNumber,
});

export const isModelInfo = isShape<ModelInfo>({
  name: isString,
  version: isString,
  task: isModelTask,
  types: isArrayOf(isString),
  measured: isArrayOf(isMeasured),
  license: isString,
  hash: isString,
  configHash: isString,
  runtime: isOneOf(['onnxruntime-node', 'onnxruntime-web', 'open-inference']),
  questions: isOptional(
    isShape<QuestionAbilities>({ verdicts: isBoolean, embeddings: isBoolean, noAnswer: isBoolean }),
  ),
});

const linkingFields = { link: isOptional(isBoolean), terms: isOptional(isArrayOf(isUserTerm)) };

const isTagParams = isShape<TagParams>({
  document: isString,
  textId: isCount,
  format: isFormat,
  range: isOptional(isSpan),
  types: isOptional(isArrayOf(isString)),
  minProbability: isOptional(isProbability),
  consistency: isOptional(isBoolean),
  ...linkingFields,
  priority: isOptional(isPriority),
});

export function isTextReply<Rest>(isResult: Guard<Rest>): Guard<TextReply<Rest>> {
  return (value): value is TextReply<Rest> =>
    isRecord(value) &&
    (value['kind'] === 'text-unknown' || (value['kind'] === 'done' && isResult(value['result'])));
}

const isSimplified = isOptional(
  isArrayOf(
    isShape<Simplification>({
      limit: isOneOf(['markup', 'macros', 'unclosed', 'footnotes']),
      parts: isCount,
      start: isCount,
    }),
  ),
);

const isUnread = isOptional(
  isArrayOf(
    isShape<Unread>({
      reason: isOneOf(['nothing', 'little', 'records', 'outside', 'encoding']),
      read: isCount,
      total: isCount,
      format: isFormat,
      looksLike: isOptional(isFormat),
    }),
  ),
);

/** The guards of the fields of a {@link ReadingReport}. */
export const readingReport = { simplified: isSimplified, unread: isUnread };

const isTagReply = isTextReply(
  isShape<Omit<TagResult, 'entities' | 'abbreviations'>>({
    covered: isSpan,
    paper: isOptional(isSpan),
    sentences: isCount,
    cached: isCount,
    tokens: isCount,
    model: isModelInfo,
    terminology: isOptional(isTerminologyInfo),
    ...readingReport,
  }),
);

const isRelationsParams = isShape<RelationsParams>({
  document: isString,
  textId: isCount,
  format: isFormat,
  range: isOptional(isSpan),
  entities: isOptional(isArrayOf(isEntity)),
  entityTypes: isOptional(isArrayOf(isString)),
  types: isOptional(isArrayOf(isString)),
  minProbability: isOptional(isProbability),
  ...linkingFields,
  priority: isOptional(isPriority),
});

const isRelationsReply = isTextReply(
  isShape<Omit<RelationsResult, 'relations'>>({
    covered: isSpan,
    pairs: isCount,
    skippedPairs: isCount,
    model: isModelInfo,
    terminology: isOptional(isTerminologyInfo),
    ...readingReport,
  }),
);

const isConceptsParams = isShape<ConceptsRequest>({
  text: isString,
  match: isOneOf(['name', 'mentions']),
  type: isOptional(isString),
  limit: isOptional(isCount),
  priority: isOptional(isPriority),
});

const isConceptsResult = isShape<ConceptsResult>({
  terminology: isOptional(isTerminologyInfo),
  concepts: isArrayOf(
    isShape<ConceptEntry>({
      ...conceptFields,
      type: isString,
      synonyms: isArrayOf(isString),
      mention: isOptional(isSpan),
    }),
  ),
});

const isNever = isOneOf<never>([]);

/** Loads the model of the task. */
export const loadMethod: Method<ModelTask, ModelInfo> = {
  name: 'load',
  isParams: isModelTask,
  isResult: isModelInfo,
  isProgress: isNever,
};

export const tagMethod: Method<TagParams, TagReply, TagPart> = {
  name: 'tag',
  isParams: isTagParams,
  isResult: isTagReply,
  isProgress: isShape<TagPart>({
    done: isCount,
    total: isCount,
    entities: isArrayOf(isEntity),
    abbreviations: isArrayOf(isAbbreviation),
    withdrawn: isOptional(isArrayOf(isSpan)),
  }),
};

export const relationsMethod: Method<RelationsParams, RelationsReply, RelateProgress> = {
  name: 'relations',
  isParams: isRelationsParams,
  isResult: isRelationsReply,
  isProgress: isShape<RelateProgress>({ done: isCount, total: isCount, relations: isArrayOf(isRelation) }),
};

export const conceptsMethod: Method<ConceptsRequest, ConceptsResult> = {
  name: 'concepts',
  isParams: isConceptsParams,
  isResult: isConceptsResult,
  isProgress: isNever,
};

/** Host to child: part of a document's text. */
export const textEvent: EventType<TextPart> = { name: 'text', isValue: isTextPart };

/** Host to child: a document was closed. */
export const forgetEvent: EventType<string> = { name: 'forget', isValue: isString };

/** Host to child: asks for a {@link statusEvent}, which shows that the child's event loop turns. */
export const pingEvent: EventType<undefined> = { name: 'ping', isValue: isUndefined };

/** Child to host: state or memory changed, or a ping came. */
export const statusEvent: EventType<ChildStatus> = {
  name: 'status',
  isValue: isShape<ChildStatus>({
    state: isOneOf(['idle', 'loading', 'ready', 'working', 'failed']),
    memoryBytes: isCount,
    batches: isCount,
  }),
};

/** Child to host: a line for the log. Never document text. */
export const logEvent: EventType<LogLine> = {
  name: 'log',
  isValue: isShape<LogLine>({ level: isOneOf(['debug', 'info', 'warn', 'error']), message: isString }),
};
