import type { EntityType, Span } from '../types';
import type { Annotator } from './annotator';

/** A mention as files carry it: what a model found, or what a person annotated. */
export interface Mention extends Span {
  /** The characters of the span, `text.slice(start, end)`, white space folded where the format asks for it. */
  readonly text: string;
  readonly type: EntityType;
  /** Absent in files made by people. */
  readonly probability?: number;
  /** Absent where the file does not say. */
  readonly annotator?: Annotator | undefined;
}

/** A text with its mentions. Offsets are UTF-16 and count in `text`, whatever unit the file counts in. */
export interface AnnotatedText {
  readonly id: string;
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** Four decimals say all that a calibrated probability knows, and keep files comparable across machines. */
export function roundProbability(probability: number): number {
  return Math.round(probability * 10_000) / 10_000;
}

/** Line and paragraph separators of Unicode and of Python's `str.splitlines`, which most readers of these formats use. */
const lineBreaking = /[\t\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/g;

/** Puts one blank for each tab and line break, so that a line-based format holds the text and every offset stays. */
export function toOneLine(text: string): string {
  return text.replace(lineBreaking, ' ');
}
