/** The question requests of `engineMessages.ts`: passages, embeddings and answers, with the guards for both ends. */
import type {
  PassageAnswer,
  ProseRun,
  PublicationPlace,
  QuestionKind,
  Span,
  TextPassage,
  Verdict,
} from '../core/types';
import type { ReadPassage, ReadProgress } from '../core/questions/reader';
import type { AnswerRequest, AnswerResult, EmbedRequest, PassagesRequest, PassagesResult } from './engine';
import {
  isFormat,
  isModelInfo,
  isPriority,
  isSpan,
  isTextReply,
  readingReport,
  type TextParams,
  type TextReply,
} from './engineMessages';
import {
  type Guard,
  isArrayOf,
  isBoolean,
  isCount,
  isOneOf,
  isOptional,
  isProbability,
  isShape,
  isString,
} from './guards';
import type { Method } from './rpc';

export type PassagesParams = TextParams<PassagesRequest>;

/** Passages in document order, at most {@link passagesPerMessage}; `embeddings` holds as many, or none. */
export interface PassagesPart {
  readonly passages: readonly TextPassage[];
  readonly embeddings: readonly Float32Array[];
}

/** Some 100 kB of text and runs: a millisecond or two to clone and to check. */
export const passagesPerMessage = 50;

const isRun = isShape<ProseRun>({
  start: isCount,
  length: isCount,
  documentStart: isCount,
  documentLength: isCount,
});

const isPassageShape = isShape<TextPassage>({
  start: isCount,
  end: isCount,
  text: isString,
  base: isCount,
  runs: isArrayOf(isRun),
  sentences: isArrayOf(isSpan),
  publication: isOptional(isString),
  citation: isOptional(isString),
});
const isPassage: Guard<TextPassage> = (value): value is TextPassage =>
  isPassageShape(value) && value.start <= value.end;

function isVector(value: unknown): value is Float32Array {
  return value instanceof Float32Array;
}

const isQuestionKind = isOneOf<QuestionKind>(['factoid', 'list', 'yesno']);

const isOtherPlace = isShape<PassageAnswer['otherOccurrences'][number]>({
  passage: isCount,
  start: isCount,
  end: isCount,
});

const isAnswerShape = isShape<PassageAnswer>({
  passage: isCount,
  start: isCount,
  end: isCount,
  text: isString,
  otherNames: isOptional(isArrayOf(isString)),
  probability: isProbability,
  sentence: isSpan,
  otherOccurrences: isArrayOf(isOtherPlace),
});
const isAnswer: Guard<PassageAnswer> = (value): value is PassageAnswer =>
  isAnswerShape(value) && value.start <= value.end;

const isTakenSide = isShape<Verdict['sentences'][number]>({
  passage: isCount,
  sentence: isSpan satisfies Guard<Span>,
  stance: isOneOf(['supports', 'contradicts']),
  probability: isProbability,
});

const isVerdict = isShape<Verdict>({
  answer: isOneOf(['yes', 'no', 'open']),
  yes: isProbability,
  no: isProbability,
  open: isProbability,
  papers: isShape<Verdict['papers']>({ supports: isCount, contradicts: isCount }),
  sentences: isArrayOf(isTakenSide),
});

const isNever = isOneOf<never>([]);

const isPublicationShape = isShape<PublicationPlace>({
  start: isCount,
  end: isCount,
  name: isOptional(isString),
  id: isOptional(isString),
  titleStart: isOptional(isCount),
});

/** The part of the result that comes after the passages. */
export type PassagesEnd = Pick<PassagesResult, 'publications' | 'simplified' | 'unread'>;

const isPassagesEnd = isShape<PassagesEnd>({
  ...readingReport,
  publications: isOptional(isArrayOf(isPublicationShape)),
});

export const passagesMethod: Method<PassagesParams, TextReply<PassagesEnd>, PassagesPart> = {
  name: 'passages',
  isParams: isShape<PassagesParams>({
    document: isString,
    textId: isCount,
    format: isFormat,
    embed: isOptional(isBoolean),
    priority: isOptional(isPriority),
  }),
  isResult: isTextReply(isPassagesEnd),
  isProgress: isShape<PassagesPart>({ passages: isArrayOf(isPassage), embeddings: isArrayOf(isVector) }),
};

export const embedMethod: Method<EmbedRequest, readonly Float32Array[]> = {
  name: 'embed',
  isParams: isShape<EmbedRequest>({ texts: isArrayOf(isString), priority: isOptional(isPriority) }),
  isResult: isArrayOf(isVector),
  isProgress: isNever,
};

const isPassageToRead = isShape<ReadPassage>({
  text: isString,
  question: isOptional(isString),
  paper: isOptional(isString),
});

export const answerMethod: Method<AnswerRequest, AnswerResult, ReadProgress> = {
  name: 'answer',
  isParams: isShape<AnswerRequest>({
    question: isString,
    passages: isArrayOf(isPassageToRead),
    kind: isOptional(isQuestionKind),
    maxAnswers: isOptional(isCount),
    minProbability: isOptional(isProbability),
    priority: isOptional(isPriority),
  }),
  isResult: isShape<AnswerResult>({
    kind: isQuestionKind,
    answers: isArrayOf(isAnswer),
    verdict: isOptional(isVerdict),
    noAnswer: isOptional(isProbability),
    read: isCount,
    model: isModelInfo,
  }),
  isProgress: isShape<ReadProgress>({ read: isCount, total: isCount, answers: isArrayOf(isAnswer) }),
};
