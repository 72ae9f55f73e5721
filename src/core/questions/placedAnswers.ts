/** Answers with their places in the documents. */
import { toDocument } from '../documents/place';
import type { PassageAnswer, Span, Stance, TextPassage, Verdict } from '../types';

/** A passage that was read, and the document that it comes from. */
export interface SourcePassage {
  readonly document: string;
  readonly passage: TextPassage;
}

/** A span of a document, and its text as a reader sees it: without markup, on one line. */
export interface AnswerPlace extends Span {
  readonly document: string;
  /** `Kaplan 2019, Title`: the publication that it is from, if the document names it. */
  readonly publication?: string | undefined;
  readonly text: string;
}

/** A name, a number or another span that answers a question. */
export interface PlacedAnswer extends AnswerPlace {
  /** Other names of the same concept in the passages. Default: none. */
  readonly otherNames?: readonly string[] | undefined;
  /** Calibrated probability in [0, 1] that the span answers the question. */
  readonly probability: number;
  /** The sentence that contains it, in the same document. */
  readonly sentence: Span & { readonly text: string };
  /** Further places with the same answer, the most probable first. */
  readonly alsoIn: readonly (Span & { readonly document: string })[];
}

/** A sentence that supports or contradicts the claim of a yes-no question. */
export interface PlacedSentence extends AnswerPlace {
  readonly stance: Stance;
  /** Calibrated probability in [0, 1] that the sentence takes this side. */
  readonly probability: number;
}

/** The answer to a yes-no question, with the sentences for and against it. */
export interface PlacedVerdict {
  /** `open` if neither yes nor no is probable enough: the sentences do not settle the question. */
  readonly answer: Verdict['answer'];
  /** Their sum is 1. */
  readonly probabilities: { readonly yes: number; readonly no: number; readonly open: number };
  /** Number of papers on each side. */
  readonly papers: Readonly<Record<Stance, number>>;
  /** The most probable first. */
  readonly sentences: readonly PlacedSentence[];
}

/** @param passages Those that were read, in the order of the request. */
export function placedAnswer(answer: PassageAnswer, passages: readonly SourcePassage[]): PlacedAnswer {
  const { start, end, text } = placeOf(passages, answer.passage, answer.sentence);
  return {
    ...placeOf(passages, answer.passage, answer),
    ...(answer.otherNames?.length ? { otherNames: answer.otherNames } : {}),
    probability: answer.probability,
    sentence: { start, end, text },
    alsoIn: answer.otherOccurrences.map((other) => {
      const place = placeOf(passages, other.passage, other);
      return { document: place.document, start: place.start, end: place.end };
    }),
  };
}

/** @param passages Those that were read, in the order of the request. */
export function placedVerdict(verdict: Verdict, passages: readonly SourcePassage[]): PlacedVerdict {
  const { answer, yes, no, open, papers } = verdict;
  const sentences = verdict.sentences.map(({ passage, sentence, stance, probability }) => ({
    ...placeOf(passages, passage, sentence),
    stance,
    probability,
  }));
  return { answer, probabilities: { yes, no, open }, papers, sentences };
}

function placeOf(passages: readonly SourcePassage[], passage: number, { start, end }: Span): AnswerPlace {
  const read = passages[passage];
  if (!read) return { document: '', start: 0, end: 0, text: '' };
  const text = read.passage.text.slice(start, end).replace(/\s+/gu, ' ');
  const { publication } = read.passage;
  const source = { document: read.document, ...(publication === undefined ? {} : { publication }) };
  return { ...source, ...toDocument(read.passage, start, end), text };
}
