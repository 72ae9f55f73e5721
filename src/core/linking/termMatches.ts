import type { Span } from '../types';
import { extendKey, lastKey, termPieces, type TermPiece } from './termKey';
import type { Terminology, TermSense } from './terminology';

/** A place where a text has a name of the terminology. */
export interface TermMatch extends Span {
  readonly senses: readonly TermSense[];
}

/** Longest name that is looked for, in pieces. */
const maxPieces = 10;
/** Most characters between two pieces of a name: `interleukin (IL)-2` is not one name. */
const maxGap = 2;

/** Finds all names of the terminology in a text, those inside others included; sorted by start, then by length. */
export function findTerms(text: string, terminology: Terminology): TermMatch[] {
  const pieces = termPieces(text);
  const matches: TermMatch[] = [];
  for (const [first, piece] of pieces.entries()) {
    if (piece.isWordStart) addMatches(matches, pieces, first, text, terminology);
  }
  return matches;
}

function addMatches(
  matches: TermMatch[],
  pieces: readonly TermPiece[],
  first: number,
  text: string,
  terminology: Terminology,
): void {
  const start = pieces[first]?.start ?? 0;
  let key = '';
  for (let i = first; i < Math.min(pieces.length, first + maxPieces); i += 1) {
    const piece = pieces[i];
    if (piece === undefined || (i > first && !isJoint(text, pieces[i - 1]?.end ?? 0, piece.start))) return;
    const last = i === first ? piece.key : lastKey(piece);
    const senses = piece.isWordEnd ? terminology.lookUp(extendKey(key, last)) : [];
    if (senses.length > 0) matches.push({ start, end: piece.end, senses });
    key = extendKey(key, piece.key);
    if (!terminology.hasPrefix(key)) return;
  }
}

/** Whether a name may go on after the characters between two pieces. */
function isJoint(text: string, end: number, start: number): boolean {
  const length = start - end;
  return length <= maxGap
    ? !/[.;:!?()[\]{}]/.test(text.slice(end, start)) || length === 0
    : /^['’]s\s$/.test(text.slice(end, start));
}
