import { firstWhere } from '../../src/core/firstWhere';
import { chunksOf, type IobSentence, readIob } from '../../src/core/exports/iob';
import { readPubtator } from '../../src/core/exports/pubtator';
import type { EntityType, Segment, Span } from '../../src/core/types';
import type { SentenceSplitter } from '../../src/core/text/passages';
import { splitSentences } from '../../src/core/text/sentences';
import { withoutPeople } from './people';
import type { TypeOf } from './typeNames';

/** A mention to compare. Its place counts tokens in an IOB corpus and UTF-16 units in others; both are half-open. */
export interface Answer extends Span {
  readonly type: EntityType;
}

/** An annotated text in the form that the tagger takes and the scorer compares. */
export interface Corpus {
  readonly text: string;
  /** Segments of each document, in order. The tagger gets one document at a time, as in the product. */
  readonly documents: readonly (readonly Segment[])[];
  /** Offsets in `text` at which documents begin: those of the file, else what stands for a document. Ascending. */
  readonly records: readonly number[];
  /** How the segments are cut into sentences. */
  readonly split: SentenceSplitter;
  readonly gold: readonly Answer[];
  /** Converts a span of `text` to the unit of `gold`; undefined if it covers no first character of a token. */
  readonly place: (span: Span) => Span | undefined;
  /** Spans of `text` for a place, to show it. */
  readonly show: (place: Span) => Span;
  /** Sentences of an IOB file, documents of a PubTator one. */
  readonly units: number;
  /** Mentions of people that were left out of `gold`, see people.ts. Undefined if they are scored. */
  readonly peopleLeftOut?: number | undefined;
}

export interface CorpusOptions {
  readonly typeOf: TypeOf;
  /** Rejoin neighbouring sentences of an IOB file, and let our own rules split them again. */
  readonly joinSentences: boolean;
}

/** Sentences that are rejoined where the file does not say where a document ends: about an abstract. */
const sentencesOfAbstract = 10;

/** @throws {BioBertError} ARGUMENT_INVALID when the text is in neither format. */
export function readCorpus(text: string, options: CorpusOptions): Corpus {
  return /^[^\t|\r\n]+\|t\|/m.test(text.slice(0, 10_000))
    ? fromPubtator(text, options)
    : fromIob(readIob(text), options);
}

const asOneSentence: SentenceSplitter = (text) => [{ start: 0, end: text.length }];

function fromIob(sentences: readonly IobSentence[], { typeOf, joinSentences }: CorpusOptions): Corpus {
  const segments: Segment[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const gold: Answer[] = [];
  const lines: string[] = [];
  let base = 0;
  for (const group of joinSentences ? abstractsOf(sentences) : sentences.map((sentence) => [sentence])) {
    let line = '';
    for (const { tokens, tags } of group) {
      for (const chunk of chunksOf(tags)) {
        const type = typeOf(chunk.type);
        const start = starts.length + chunk.first;
        if (type !== undefined) gold.push({ start, end: starts.length + chunk.last + 1, type });
      }
      for (const token of tokens) {
        if (line !== '') line += ' ';
        starts.push(base + line.length);
        line += token;
        ends.push(base + line.length);
      }
    }
    segments.push(plainSegment(line, base));
    lines.push(line);
    base += line.length + 1;
  }
  return {
    text: lines.join('\n'),
    documents: joinSentences ? segments.map((segment) => [segment]) : [segments],
    records: segments.map((segment) => segment.base),
    split: joinSentences ? splitSentences : asOneSentence,
    gold,
    place: (span) => tokensOf(span, starts),
    show: ({ start, end }) => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? 0 }),
    units: sentences.length,
  };
}

function abstractsOf(sentences: readonly IobSentence[]): readonly (readonly IobSentence[])[] {
  const groups: IobSentence[][] = [];
  for (const sentence of sentences) {
    const last = groups.at(-1);
    const sameDocument =
      sentence.document === undefined
        ? (last?.length ?? 0) < sentencesOfAbstract
        : last?.[0]?.document === sentence.document;
    if (last !== undefined && sameDocument) last.push(sentence);
    else groups.push([sentence]);
  }
  return groups;
}

/**
 * The tokens whose first character the span covers, as conlleval would see a label on them: BERT gives a word the label
 * of its first piece. Half-open.
 */
function tokensOf({ start, end }: Span, starts: readonly number[]): Span | undefined {
  const first = firstWhere(starts, (each) => each >= start);
  const last = firstWhere(starts, (each) => each >= end);
  return first < last ? { start: first, end: last } : undefined;
}

function fromPubtator(file: string, { typeOf }: CorpusOptions): Corpus {
  const documents: Segment[][] = [];
  const gold: Answer[] = [];
  const parts: string[] = [];
  const records: number[] = [];
  let base = 0;
  for (const { text, titleLength, mentions } of readPubtator(file)) {
    const segments: Segment[] = [];
    for (const [start, end] of [
      [0, titleLength],
      [titleLength + 1, text.length],
    ] as const) {
      if (end > start) segments.push(plainSegment(text.slice(start, end), base + start));
    }
    for (const mention of mentions) {
      const type = typeOf(mention.type);
      if (type !== undefined) gold.push({ start: base + mention.start, end: base + mention.end, type });
    }
    documents.push(segments);
    parts.push(text);
    records.push(base);
    base += text.length + 1;
  }
  const identity = ({ start, end }: Span): Span => ({ start, end });
  const text = parts.join('\n');
  const scored = withoutPeople(gold, text);
  return {
    text,
    documents,
    records,
    split: splitSentences,
    gold: scored,
    place: identity,
    show: identity,
    units: documents.length,
    peopleLeftOut: gold.length - scored.length,
  };
}

function plainSegment(text: string, base: number): Segment {
  const { length } = text;
  return { text, base, runs: [{ start: 0, length, documentStart: 0, documentLength: length }] };
}
