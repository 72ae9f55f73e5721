import type { DocumentFormat, Segment } from '../types';
import type { BlockParser, Cut } from './blocks';
import { bibtex } from './bibtex';
import { jats } from './jats';
import { latex } from './latex';
import { markdown } from './markdown';
import { medline } from './medline';
import { notebook } from './notebook';
import { plain } from './plain';
import { ris } from './ris';
import { adoptUnchanged, Unchanged } from './reuse';

/** A stretch of the document that was parsed on its own. */
export interface Block extends Cut {
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

const parsers: Readonly<Record<DocumentFormat, BlockParser>> = {
  plain,
  markdown,
  latex,
  bibtex,
  medline,
  ris,
  jats,
  notebook,
};

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
  const earlier = previous?.format === format ? previous : undefined;
  if (earlier?.text === text) return earlier;
  const parser = parsers[format];
  const unchanged = earlier && new Unchanged(earlier, text);
  const segments: Segment[] = [];
  const blocks: Block[] = [];
  for (const cut of cutSafely(parser, text)) {
    const found = unchanged?.segmentsOf(cut) ?? parseBlock(parser, text, cut);
    for (const segment of found) segments.push(segment);
    blocks.push({ ...cut, segments: found.length });
  }
  if (earlier) adoptUnchanged(earlier.segments, segments);
  return { text, format, segments, blocks };
}

function cutSafely(parser: BlockParser, text: string): readonly Cut[] {
  try {
    return parser.cut(text);
  } catch {
    // A parser's own limit (stack, memory) on hostile input; prose without markup is still right.
    return plain.cut(text);
  }
}

function parseBlock(parser: BlockParser, text: string, cut: Cut): Segment[] {
  const source = text.slice(cut.start, cut.end);
  let segments: Segment[];
  try {
    segments = parser.parse(source, cut.context);
  } catch {
    segments = plain.parse(source, '');
  }
  return cut.start === 0 ? segments : segments.map((each) => ({ ...each, base: each.base + cut.start }));
}
