/**
 * Finds every occurrence of many names in one pass over a text. `findVariants` builds one regular expression, which tries
 * every name at every word: for all names of a document that cost grows with the square of its length. Here the text is
 * cut into pieces (runs of letters, runs of digits, single Greek letters) and the names form a tree of pieces, so that
 * the cost of one place is bounded by {@link maxPieces}, however many names there are.
 */
import type { Span } from '../types';
import { fold, keepsCase, singular } from './mentions';

/** A place where a name stands. */
export interface NameOccurrence extends Span {
  /** As {@link nameFormOf} gives it. */
  readonly key: string;
}

/** A run of letters or of digits, or one Greek letter. */
interface Piece extends Span {
  readonly folded: string;
  /** `folded` as the end of a name: in the singular. */
  readonly last: string;
  /** What a short name all in capitals is compared by; empty where the piece is no such name. */
  readonly symbol: string;
}

/** Longest name that is found, in pieces. Longer ones are lists of systematic chemistry, which a text hardly repeats. */
export const maxPieces = 32;

/** The first alternative, the possessive, is passed over. */
const piecePattern =
  /['’]s(?![\p{L}\p{N}])|\p{Script=Greek}|\p{N}+|(?:(?!\p{Script=Greek})[\p{L}\p{M}])+|[^\s\-‐‑‒–—−_/'’]/gu;
const greekAtEnd = /(?<=.)(?:alpha|beta|gamma|delta|epsilon|kappa|lambda|sigma|omega)$/u;
/** What may stand between two pieces of one name: `IL-2`, `IL 2`, `IL2`, `Crohn's disease`. */
const joint = /^(?:['’]s)?[\s\-‐‑‒–—−_/]{0,3}$/u;

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { 0: raw, index } of text.matchAll(piecePattern)) {
    if (raw.length === 2 && /^['’]s/.test(raw)) continue;
    addPiece(pieces, raw, index);
  }
  return pieces;
}

/** Every word of a document comes here: what is cheap to tell is asked first. */
function addPiece(pieces: Piece[], raw: string, start: number): void {
  const folded = fold(raw);
  const end = start + raw.length;
  const greek = /[an]$/.test(folded) ? greekAtEnd.exec(folded)?.[0] : undefined;
  if (greek !== undefined && folded.length === raw.length) {
    const cut = end - greek.length;
    addPiece(pieces, raw.slice(0, -greek.length), start);
    pieces.push({ start: cut, end, folded: greek, last: greek, symbol: '' });
    return;
  }
  const last = folded.endsWith('s') ? singular(folded, raw) : folded;
  pieces.push({ start, end, folded, last, symbol: folded === raw ? '' : symbolOf(raw) });
}

function symbolOf(raw: string): string {
  const one = raw.replace(/(?<=\p{Lu})s$/u, '');
  return keepsCase(one) ? one : '';
}

/**
 * What spellings of one name have in common: case, hyphens and blanks, Greek letters and their names, plural. A short name
 * all in capitals keeps its case. Empty for text without letters and digits.
 */
export function nameFormOf(name: string): string {
  return formOf(piecesOf(name));
}

function formOf(pieces: readonly Piece[]): string {
  if (pieces.length === 1 && pieces[0]?.symbol) return `=${pieces[0].symbol}`;
  return pieces.map(({ folded, last }, i) => (i === pieces.length - 1 ? last : folded)).join(' ');
}

interface Node {
  readonly next: Map<string, Node>;
  key: string | undefined;
}

/** Searches texts for a fixed set of names. */
export class NameFinder {
  private readonly root: Node = { next: new Map(), key: undefined };

  /** @param keys As {@link nameFormOf} gives them; the empty one is passed over. */
  constructor(keys: Iterable<string>) {
    for (const key of keys) {
      const pieces = key.split(' ');
      if (key !== '' && pieces.length <= maxPieces) this.add(key, pieces);
    }
  }

  private add(key: string, pieces: readonly string[]): void {
    let node = this.root;
    for (const piece of pieces) {
      const next = node.next.get(piece) ?? { next: new Map(), key: undefined };
      node.next.set(piece, next);
      node = next;
    }
    node.key = key;
  }

  /**
   * @returns every occurrence that begins and ends with a word, those inside others included; by start, then by length.
   */
  find(text: string): NameOccurrence[] {
    const pieces = piecesOf(text);
    const found: NameOccurrence[] = [];
    for (const i of pieces.keys()) {
      for (const each of this.from(text, pieces, i)) {
        if (!isInsideWord(text, each.start) && !isInsideWord(text, each.end)) found.push(each);
      }
    }
    return found;
  }

  private from(text: string, pieces: readonly Piece[], first: number): NameOccurrence[] {
    const found: NameOccurrence[] = [];
    const start = pieces[first]?.start ?? 0;
    const symbol = pieces[first]?.symbol ?? '';
    const key = symbol === '' ? undefined : this.root.next.get(`=${symbol}`)?.key;
    if (key !== undefined) found.push({ key, start, end: pieces[first]?.end ?? 0 });
    let node: Node | undefined = this.root;
    for (let i = first; node !== undefined && i < pieces.length; i += 1) {
      const piece = pieces[i];
      const before = pieces[i - 1];
      if (!piece) break;
      if (i > first && !joint.test(text.slice(before?.end, piece.start))) break;
      const key: string | undefined = node.next.get(piece.last)?.key;
      if (key !== undefined) found.push({ key, start, end: piece.end });
      node = node.next.get(piece.folded);
    }
    return found;
  }
}

/** True where letters or digits stand on both sides. */
function isInsideWord(text: string, at: number): boolean {
  return endsInWord.test(text.slice(Math.max(0, at - 2), at)) && beginsWithWord.test(text.slice(at, at + 2));
}

const endsInWord = /[\p{L}\p{M}\p{N}]$/u;
const beginsWithWord = /^[\p{L}\p{M}\p{N}]/u;
