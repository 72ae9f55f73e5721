import { logSumExp } from '../tensors/logSumExp';
import type { Encoding } from '../tokens/encode';
import type { QuestionConfig } from './questionModel';
import type { Window } from './windows';

/** A candidate answer: a span in the text of a passage. */
export interface AnswerSpan {
  readonly passage: number;
  readonly start: number;
  readonly end: number;
  /**
   * Logit of the span relative to that of "no answer" in the same window, or relative to everything else that was
   * read.
   */
  readonly margin: number;
}

/**
 * Number of best starts and ends of a window that are paired, and number of spans kept. Training decodes with the same
 * numbers.
 */
const maxBorders = 20;
const maxSpansPerWindow = 20;

export interface WindowLogits {
  /** Row-major `[length, 2]` logits of one row: start and end. */
  readonly spans: Float32Array;
  /** Index in the row of the first token of the passage. */
  readonly passageStart: number;
}

/** The best spans of a window. */
export interface WindowSpans {
  /** Spans, best first. */
  readonly candidates: readonly AnswerSpan[];
  /** Logarithm of the summed exponentials of all spans of the window. */
  readonly mass: number;
}

/**
 * Finds the best spans of a window: whole words, at most `maxAnswerTokens` tokens. A span is scored relative to the
 * span of `[CLS]`, which stands for "no answer" (Devlin et al. 2019, section 4.3), or relative to zero if the model
 * has no such answer.
 */
export function bestSpans(
  { passage, from, to }: Window,
  encoding: Encoding,
  { spans, passageStart }: WindowLogits,
  { maxAnswerTokens, nullAnswer }: Pick<QuestionConfig, 'maxAnswerTokens' | 'nullAnswer'>,
): WindowSpans {
  const nullScore = nullAnswer ? (spans[0] ?? 0) + (spans[1] ?? 0) : 0;
  const scoreAt = (token: number, border: 0 | 1) => spans[2 * (passageStart + token - from) + border] ?? 0;
  const { opens, closes } = wordBoundaries(encoding, from, to);
  const starts = best(opens, (piece) => scoreAt(piece, 0));
  const ends = best(closes, (piece) => scoreAt(piece, 1));
  const candidates: AnswerSpan[] = [];
  for (const first of starts) {
    for (const last of ends) {
      if (last < first || last >= first + maxAnswerTokens) continue;
      const start = encoding.tokenStarts[first] ?? 0;
      const end = encoding.tokenEnds[last] ?? start;
      candidates.push({ passage, start, end, margin: scoreAt(first, 0) + scoreAt(last, 1) - nullScore });
    }
  }
  const massOf = (pieces: readonly number[], border: 0 | 1) =>
    logSumExp(pieces.map((piece) => scoreAt(piece, border)));
  return {
    candidates: candidates.sort(byMargin).slice(0, maxSpansPerWindow),
    mass: massOf(opens, 0) + massOf(closes, 1) - nullScore,
  };
}

/**
 * Rescores spans relative to everything that was read, with one softmax over all spans of all windows (Clark and
 * Gardner 2018, "shared normalization"). Otherwise scores of a SQuAD 1 model for different passages cannot be
 * compared.
 *
 * @param mass Logarithm of the summed exponentials of all spans of all windows.
 */
export function normalizeAcrossWindows(spans: readonly AnswerSpan[], mass: number): AnswerSpan[] {
  return spans.map((span) => {
    const logShare = Math.min(span.margin - mass, -1e-9);
    return { ...span, margin: logShare - Math.log1p(-Math.exp(logShare)) };
  });
}

export function byMargin(a: AnswerSpan, b: AnswerSpan): number {
  return b.margin - a.margin || a.passage - b.passage || a.start - b.start || a.end - b.end;
}

/**
 * The first and last tokens of the words in a window. A word that is cut by the window begins or ends at its boundary.
 */
function wordBoundaries({ wordFirstTokens, ids }: Encoding, from: number, to: number) {
  const opens: number[] = [];
  const closes: number[] = [];
  for (const [word, first] of wordFirstTokens.entries()) {
    const end = wordFirstTokens[word + 1] ?? ids.length;
    if (end <= from || first >= to || end === first) continue;
    opens.push(Math.max(first, from));
    closes.push(Math.min(end, to) - 1);
  }
  return { opens, closes };
}

function best(tokens: readonly number[], score: (token: number) => number): number[] {
  return [...tokens].sort((a, b) => score(b) - score(a) || a - b).slice(0, maxBorders);
}

/** Collects the spans of all windows. A span that is found in two windows keeps its better margin. */
export class AnswerSpanList {
  private readonly byKey = new Map<string, AnswerSpan>();

  add(spans: readonly AnswerSpan[]): void {
    for (const span of spans) {
      const key = `${span.passage} ${span.start} ${span.end}`;
      const known = this.byKey.get(key);
      if (!known || known.margin < span.margin) this.byKey.set(key, span);
    }
  }

  get candidates(): AnswerSpan[] {
    return [...this.byKey.values()];
  }
}
