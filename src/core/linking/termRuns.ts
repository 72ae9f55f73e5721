import type { Span } from '../types';
import { extendKey, lastKey, type TermPiece } from './termKey';

/** The bounds of names in a text. */
export interface NameRules {
  /** Most pieces of a name. */
  readonly maxPieces: number;
  /** Whether a name may go on after the characters `[end, start)` between two pieces. */
  readonly isJoint: (text: string, end: number, start: number) => boolean;
  /** Whether a name begins with a key. */
  readonly hasPrefix: (key: string) => boolean;
}

/** A place in a text, by the number of a piece of it. */
interface PiecePlace {
  readonly text: string;
  readonly pieces: readonly TermPiece[];
  readonly first: number;
}

/** A text between two word borders that may be a name. */
export interface PossibleName extends Span {
  /** The key that a name with this spelling has: see `termKey`. */
  readonly key: string;
  /** Number of the piece that follows it. */
  readonly next: number;
}

/** The texts that begin at a piece and may be names, the shorter ones first. */
export function* namesFrom(
  { text, pieces, first }: PiecePlace,
  { maxPieces, isJoint, hasPrefix }: NameRules,
): Generator<PossibleName> {
  const begin = pieces[first];
  if (begin?.isWordStart !== true) return;
  let key = '';
  for (let i = first; i < Math.min(pieces.length, first + maxPieces); i += 1) {
    const piece = pieces[i];
    if (piece === undefined || (i > first && !isJoint(text, pieces[i - 1]?.end ?? 0, piece.start))) return;
    const complete = extendKey(key, i === first ? piece.key : lastKey(piece));
    if (piece.isWordEnd) yield { key: complete, start: begin.start, end: piece.end, next: i + 1 };
    key = extendKey(key, piece.key);
    if (!hasPrefix(key)) return;
  }
}
