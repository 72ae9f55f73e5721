import type { Span } from '../types';
import { type NameRules, namesFrom } from './termRuns';
import { termPieces } from './termKey';
import type { Terminology, TermSense } from './terminology';

/** A place where a text has a name of the terminology. */
export interface TermMatch extends Span {
  readonly senses: readonly TermSense[];
}

/** Finds all names of the terminology in a text, those inside others included; sorted by start, then by length. */
export function findTerms(text: string, terminology: Terminology): TermMatch[] {
  const pieces = termPieces(text);
  const rules: NameRules = { ...bounds, hasPrefix: (key) => terminology.hasPrefix(key) };
  const matches: TermMatch[] = [];
  for (const first of pieces.keys()) {
    for (const { key, start, end } of namesFrom({ text, pieces, first }, rules)) {
      const senses = terminology.lookUp(key);
      if (senses.length > 0) matches.push({ start, end, senses });
    }
  }
  return matches;
}

const bounds: Pick<NameRules, 'maxPieces' | 'isJoint'> = { maxPieces: 10, isJoint };

/** Most characters between two pieces of a name: `interleukin (IL)-2` is not one name. */
const maxGap = 2;

/** Whether a name may go on after the characters between two pieces. */
function isJoint(text: string, end: number, start: number): boolean {
  const length = start - end;
  return length <= maxGap
    ? !/[.;:!?()[\]{}]/.test(text.slice(end, start)) || length === 0
    : /^['’]s\s$/.test(text.slice(end, start));
}
