/**
 * Input windows of the relation model: consecutive sentences with a typed marker before and after every mention, as in
 * `models/training/relations/data/rows.py`.
 */
import { toDocument } from '../documents/place';
import type { Encoding, Tokenizer } from '../tokens/encode';
import type { Entity, Segment, Span } from '../types';
import type { MarkedConfig } from './config';

/** A mention with its span in the prose of its segment. */
export interface PlacedMention extends Span {
  readonly entity: Entity;
}

/** A sentence with its mentions; spans refer to `segment.text`. */
export interface MentionSentence {
  readonly segment: Segment;
  readonly span: Span;
  /** Mentions sorted by start, outer ones first. */
  readonly mentions: readonly PlacedMention[];
}

/** A sentence as tokens of the model, including markers. */
export interface MarkedSentence extends MentionSentence {
  /** Index in the block of the first of {@link mentions}. */
  readonly firstMention: number;
  readonly ids: readonly number[];
  /** Letter case of the word of each token; 0 for markers. */
  readonly shapes: readonly number[];
  /** Positions of the markers of each mention in `ids`; `undefined` for a mention without tokens. */
  readonly marks: readonly ({ readonly open: number; readonly close: number } | undefined)[];
}

/** Consecutive sentences that share a row. */
export interface Window {
  readonly sentences: readonly MarkedSentence[];
}

/** Matches names that are already masked in a corpus: `@GENE$`. */
const maskedName = /^@[A-Z]+\$$/;

type Spelling = Pick<MarkedConfig, 'markers' | 'maskId'>;

/**
 * Encodes consecutive sentences of a block with their mentions marked.
 * @param firstOfBlock Index in the block of the first mention of the first sentence.
 */
export function markSentences(
  sentences: readonly MentionSentence[],
  tokenizer: Tokenizer,
  spelling: Spelling,
  firstOfBlock = 0,
): MarkedSentence[] {
  let firstMention = firstOfBlock;
  return sentences.map((sentence) => {
    const marked = markSentence(sentence, firstMention, tokenizer, spelling);
    firstMention += sentence.mentions.length;
    return marked;
  });
}

function markSentence(
  sentence: MentionSentence,
  firstMention: number,
  tokenizer: Tokenizer,
  { markers, maskId }: Spelling,
): MarkedSentence {
  const { segment, span, mentions } = sentence;
  const encoding = tokenizer.encode(segment.text.slice(span.start, span.end));
  const shapes = shapesOf(encoding);
  const ranges = mentions.map((mention) => tokenRangeOf(encoding, mention, span.start));
  const writer = new MarkedTokens(mentions.length);
  for (let piece = 0; piece < encoding.ids.length; piece += 1) {
    const inside = (member: number) => isIn(ranges[member], piece);
    const opening = indicesWhere(ranges, (reach) => reach.from === piece);
    for (const i of opening) writer.open(i, markers.get(mentions[i]?.entity.type ?? '')?.open ?? 0);
    const masked = mentions.findIndex((mention, i) => inside(i) && maskedName.test(mention.entity.text));
    if (masked < 0) writer.token(encoding.ids[piece] ?? 0, shapes[piece] ?? 0);
    else if (ranges[masked]?.from === piece) writer.token(maskId, 0);
    const closing = indicesWhere(ranges, (reach) => reach.to === piece + 1).reverse();
    for (const i of closing) writer.close(i, markers.get(mentions[i]?.entity.type ?? '')?.close ?? 0);
  }
  return { ...sentence, firstMention, ids: writer.ids, shapes: writer.shapes, marks: writer.marks() };
}

/** A range of tokens `[from, to)`. */
interface TokenRange {
  readonly from: number;
  readonly to: number;
}

/** The tokens of a mention, from the first that reaches into it to the last that begins in it. */
function tokenRangeOf(
  { tokenStarts, tokenEnds }: Encoding,
  mention: Span,
  base: number,
): TokenRange | undefined {
  const from = tokenEnds.findIndex((end) => end > mention.start - base);
  const to = tokenStarts.findLastIndex((start) => start < mention.end - base) + 1;
  return from >= 0 && from < to ? { from, to } : undefined;
}

function isIn(reach: TokenRange | undefined, piece: number): boolean {
  return reach !== undefined && reach.from <= piece && piece < reach.to;
}

function indicesWhere(
  reaches: readonly (TokenRange | undefined)[],
  holds: (reach: TokenRange) => boolean,
): number[] {
  return reaches.flatMap((reach, i) => (reach && holds(reach) ? [i] : []));
}

function shapesOf({ ids, wordFirstTokens, wordShapes }: Encoding): Uint8Array {
  const shapes = new Uint8Array(ids.length);
  for (const [word, piece] of wordFirstTokens.entries()) shapes.fill(wordShapes[word] ?? 0, piece);
  return shapes;
}

class MarkedTokens {
  readonly ids: number[] = [];
  readonly shapes: number[] = [];
  private readonly opens: number[];
  private readonly closes: number[];

  constructor(mentions: number) {
    this.opens = new Array<number>(mentions).fill(-1);
    this.closes = new Array<number>(mentions).fill(-1);
  }

  token(id: number, shape: number): void {
    this.ids.push(id);
    this.shapes.push(shape);
  }

  open(mention: number, id: number): void {
    this.opens[mention] = this.ids.length;
    this.token(id, 0);
  }

  close(mention: number, id: number): void {
    this.closes[mention] = this.ids.length;
    this.token(id, 0);
  }

  marks(): MarkedSentence['marks'] {
    return this.opens.map((open, i) => (open < 0 ? undefined : { open, close: this.closes[i] ?? open }));
  }
}

/**
 * Groups the sentences of a segment, or of a title and the text below it, into windows of at most `capacity` tokens.
 * Each window except the first also includes as many preceding sentences as fit. A sentence that is longer than
 * `capacity` is a window of its own.
 */
export function planWindows(sentences: readonly MarkedSentence[], capacity: number): Window[] {
  const windows: Window[] = [];
  const lengthOf = (index: number) => sentences[index]?.ids.length ?? 0;
  for (let start = 0; start < sentences.length;) {
    let size = lengthOf(start);
    let end = start + 1;
    while (end < sentences.length && size + lengthOf(end) <= capacity) size += lengthOf(end++);
    let begin = start;
    while (begin > 0 && size + lengthOf(begin - 1) <= capacity) size += lengthOf(--begin);
    windows.push({ sentences: sentences.slice(begin, end) });
    start = end;
  }
  return windows;
}

/** The document span from the first of these sentences to the last. */
export function documentSpan(sentences: readonly MentionSentence[]): Span {
  const spans = sentences.map(({ segment, span }) => toDocument(segment, span.start, span.end));
  return {
    start: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(...spans.map(({ end }) => end)),
  };
}
