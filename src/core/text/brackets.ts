/** The parts of a sentence in round or square brackets. */
import type { Span } from '../types';
import { matchSpans } from './matchSpans';

const bracket = /\([^()]*\)|\[[^[\]]*\]/gu;

/** The innermost brackets of a text, each with its marks, in order. */
export function bracketsIn(text: string): Span[] {
  return matchSpans(text, bracket);
}
