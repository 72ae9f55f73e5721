import { lineEnds } from '../characters';
import type { ConceptLink, EntityType, Span } from '../types';
import type { Annotator } from './annotator';

/** A mention as it is stored in files: found by a model, or annotated by a person. */
export interface Mention extends Span {
  /** The characters of the span, `text.slice(start, end)`, with collapsed white space if the format requires it. */
  readonly text: string;
  readonly type: EntityType;
  /** Undefined in files made by people. */
  readonly probability?: number;
  /** Undefined if the file does not name the annotator. */
  readonly annotator?: Annotator | undefined;
  /** The concepts that it refers to. Undefined if it is not linked. */
  readonly concepts?: readonly ConceptLink[] | undefined;
}

/** A text with its mentions. Offsets are UTF-16 offsets in `text`, whatever unit the file uses. */
export interface AnnotatedText {
  readonly id: string;
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/**
 * Rounds a probability to four decimals: calibrated probabilities are not more precise, and files stay comparable
 * across machines. A prediction never becomes 1, which stands for what a person has checked.
 */
export function roundProbability(probability: number): number {
  const rounded = Math.round(probability * 10_000) / 10_000;
  return probability < 1 ? Math.min(rounded, 0.9999) : rounded;
}

const lineBreaking = new RegExp(`[\\t${lineEnds}]`, 'gu');

/**
 * Replaces each tab and line break by one space, so that the text fits into one line of the format and offsets do not
 * change.
 */
export function toOneLine(text: string): string {
  return text.replace(lineBreaking, ' ');
}
