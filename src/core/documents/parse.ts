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
import { reuseUnchanged, UnchangedBlocks } from './reuse';

/** A range of the document that was parsed on its own. */
export interface Block extends Cut {
  /** The number of segments in the block. */
  readonly segments: number;
}

export interface ParsedDocument {
  readonly text: string;
  readonly format: DocumentFormat;
  /** Segments in document order, without overlaps. */
  readonly segments: readonly Segment[];
  /**
   * Blocks in document order. The next call of {@link parseDocument} uses them to reuse blocks that an edit did not
   * change.
   */
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
 * Extracts the prose of a document. It never throws: broken markup is parsed as far as possible.
 *
 * @param previous The same document before an edit. Segments that the edit did not change keep their `text` and `runs`
 *   objects, so that caches keyed by them still work; only their `base` changes. The result is equal without it.
 * @example parseDocument('The *BRCA1* gene.', 'markdown').segments[0]?.text // 'The BRCA1 gene.'
 */
export function parseDocument(
  text: string,
  format: DocumentFormat,
  previous?: ParsedDocument,
): ParsedDocument {
  const earlier = previous?.format === format ? previous : undefined;
  if (earlier?.text === text) return earlier;
  const parser = parsers[format];
  const unchanged = earlier && new UnchangedBlocks(earlier, text);
  const segments: Segment[] = [];
  const blocks: Block[] = [];
  for (const cut of cutSafely(parser, text)) {
    const blockSegments = unchanged?.segmentsOf(cut) ?? parseBlock(parser, text, cut);
    for (const segment of blockSegments) segments.push(segment);
    blocks.push({ ...cut, segments: blockSegments.length });
  }
  if (earlier) reuseUnchanged(earlier.segments, segments);
  return { text, format, segments, blocks };
}

function cutSafely(parser: BlockParser, text: string): readonly Cut[] {
  try {
    return parser.cut(text);
  } catch {
    // A parser may reach a limit (stack, memory) on hostile input. Reading the text without markup still gives a valid
    // result.
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
