/** Everything that crosses the border between the host and the engine's process, with the guards for both ends. */
import type {
  Abbreviation,
  Cue,
  DocumentFormat,
  Entity,
  EvidenceMark,
  Measured,
  Relation,
  Span,
} from '../core/types';
import type { EngineState, ModelInfo, QuestionAbilities, RelationsRequest, TagRequest } from './engine';
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
  isTrue,
} from './guards';
import type { EventType, Method } from './rpc';
import { isModelTask, type ModelTask } from './tasks';
import { isTextPart, type TextPart } from './textTransfer';

/** A {@link TagRequest} whose text was sent before, by its number. */
export type TagParams = Omit<TagRequest, 'text'> & { readonly textId: number };

/** What was found since the last one; at most {@link itemsPerMessage} of each, so that no message holds the host long. */
export interface TagPart {
  readonly done: number;
  readonly total: number;
  readonly entities: readonly Entity[];
  readonly abbreviations: readonly Abbreviation[];
  /**
   * In a part that corrects earlier ones, after all others: the places of entities that are not in the result (at most
   * {@link itemsPerMessage}); `entities` are then to be added at their places. Absent otherwise.
   */
  readonly withdrawn?: readonly Span[] | undefined;
}

/** Entities and abbreviations went before, as progress. */
export type TagReply =
  /** The text of this number is not there (any more): send it and ask again. */
  | { readonly kind: 'text-unknown' }
  | {
      readonly kind: 'done';
      readonly covered: Span;
      readonly sentences: number;
      readonly cached: number;
      readonly tokens: number;
      readonly model: ModelInfo;
    };

/** A {@link RelationsRequest} whose text was sent before, by its number. */
export type RelationsParams = Omit<RelationsRequest, 'text'> & { readonly textId: number };

/** What was found since the last one; at most {@link itemsPerMessage}. */
export interface RelationsPart {
  readonly done: number;
  readonly total: number;
  readonly relations: readonly Relation[];
}

/** Relations went before, as progress. */
export type RelationsReply =
  | { readonly kind: 'text-unknown' }
  | {
      readonly kind: 'done';
      readonly covered: Span;
      readonly pairs: number;
      readonly unasked?: number | undefined;
      readonly model: ModelInfo;
    };

export const itemsPerMessage = 500;

export interface ChildStatus {
  readonly state: EngineState;
  readonly memoryBytes: number;
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}

export const isFormat = isOneOf<DocumentFormat>([
  'plain',
  'markdown',
  'latex',
  'bibtex',
  'medline',
  'ris',
  'jats',
  'notebook',
]);

export const isPriority = isOneOf<NonNullable<TagRequest['priority']>>(['interactive', 'background']);

const isOffsets = isShape<Span>({ start: isCount, end: isCount });
export const isSpan: Guard<Span> = (value): value is Span => isOffsets(value) && value.start <= value.end;

const isEntityShape = isShape<Entity>({
  start: isCount,
  end: isCount,
  text: isString,
  name: isString,
  type: isString,
  probability: isProbability,
  isInferred: isOptional(isTrue),
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
  evidence: isSpan,
  evidenceText: isString,
  evidenceMarks: isOptional(isArrayOf(isEvidenceMark)),
  negated: isOptional(isCue),
  speculated: isOptional(isCue),
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
  runtime: isOneOf(['onnxruntime-node', 'onnxruntime-web', 'open-inference']),
  questions: isOptional(
    isShape<QuestionAbilities>({ verdicts: isBoolean, embeddings: isBoolean, noAnswer: isBoolean }),
  ),
});

const isTagParams = isShape<TagParams>({
  document: isString,
  textId: isCount,
  format: isFormat,
  range: isOptional(isSpan),
  types: isOptional(isArrayOf(isString)),
  minProbability: isOptional(isProbability),
  consistency: isOptional(isBoolean),
  priority: isOptional(isPriority),
});

const isDone = isShape<Extract<TagReply, { kind: 'done' }>>({
  kind: isOneOf(['done']),
  covered: isSpan,
  sentences: isCount,
  cached: isCount,
  tokens: isCount,
  model: isModelInfo,
});

function isTagReply(value: unknown): value is TagReply {
  return isDone(value) || (isRecord(value) && value['kind'] === 'text-unknown');
}

const isRelationsParams = isShape<RelationsParams>({
  document: isString,
  textId: isCount,
  format: isFormat,
  range: isOptional(isSpan),
  entities: isOptional(isArrayOf(isEntity)),
  entityTypes: isOptional(isArrayOf(isString)),
  types: isOptional(isArrayOf(isString)),
  minProbability: isOptional(isProbability),
  priority: isOptional(isPriority),
});

const isRelationsDone = isShape<Extract<RelationsReply, { kind: 'done' }>>({
  kind: isOneOf(['done']),
  covered: isSpan,
  pairs: isCount,
  unasked: isOptional(isCount),
  model: isModelInfo,
});

function isRelationsReply(value: unknown): value is RelationsReply {
  return isRelationsDone(value) || (isRecord(value) && value['kind'] === 'text-unknown');
}

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

export const relationsMethod: Method<RelationsParams, RelationsReply, RelationsPart> = {
  name: 'relations',
  isParams: isRelationsParams,
  isResult: isRelationsReply,
  isProgress: isShape<RelationsPart>({ done: isCount, total: isCount, relations: isArrayOf(isRelation) }),
};

/** Host to child: part of a document's text. */
export const textEvent: EventType<TextPart> = { name: 'text', isValue: isTextPart };

/** Host to child: a document was closed. */
export const forgetEvent: EventType<string> = { name: 'forget', isValue: isString };

/** Child to host: state or memory changed. */
export const statusEvent: EventType<ChildStatus> = {
  name: 'status',
  isValue: isShape<ChildStatus>({
    state: isOneOf(['idle', 'loading', 'ready', 'working', 'failed']),
    memoryBytes: isCount,
  }),
};

/** Child to host: a line for the log. Never document text. */
export const logEvent: EventType<LogLine> = {
  name: 'log',
  isValue: isShape<LogLine>({ level: isOneOf(['debug', 'info', 'warn', 'error']), message: isString }),
};
