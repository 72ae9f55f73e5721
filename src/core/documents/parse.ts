import type { DocumentFormat, Segment, Span } from '../types';
import type { BlockParser, Cut, ReadingLimit } from './blocks';
import { asciidoc } from './asciidoc/asciidoc';
import { bibtex } from './bibtex';
import { endnoteTagged } from './endnoteTagged';
import { jats } from './jats';
import { cord19, cslJson } from './jsonRecords';
import { latex } from './latex';
import { markdown } from './markdown';
import { medline } from './medline';
import { notebook } from './notebook';
import { paper } from './paper';
import { org } from './org/org';
import { parseOrPlain, plain } from './plain';
import { pubmedText } from './pubmedText';
import { ris } from './ris';
import { restructuredText } from './rst/rst';
import { typst } from './typst/typst';
import { type BlockReading, reuseUnchanged, UnchangedBlocks } from './reuse';
import { table } from './table';
import { wos } from './wos';
import { xmlRecords } from './xmlRecords';

/** A range of the document that was parsed on its own. */
export interface Block extends Cut {
  /** The number of segments in the block. */
  readonly segments: number;
  /** Default: the block was read with all of its markup. */
  readonly limit?: ReadingLimit | undefined;
}

/** A part of a document that was read in a simpler way than its markup asks for. */
export interface SimplifiedPart extends Span {
  readonly limit: ReadingLimit;
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
  /** Parts that were read in a simpler way, in document order. Empty for what authors write. */
  readonly simplified: readonly SimplifiedPart[];
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
  'pubmed-text': pubmedText,
  wos,
  endnote: endnoteTagged,
  table,
  'csl-json': cslJson,
  cord19,
  'xml-records': xmlRecords,
  paper,
  typst,
  restructuredtext: restructuredText,
  asciidoc,
  org,
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
  const source = withLineFeeds(text);
  for (const cut of cutSafely(parser, source)) {
    const reading = unchanged?.readingOf(cut) ?? parseBlock(parser, source, cut);
    for (const segment of reading.segments) segments.push(segment);
    blocks.push({ ...cut, segments: reading.segments.length, limit: reading.limit });
  }
  if (earlier) reuseUnchanged(earlier.segments, segments);
  const simplified = blocks.flatMap(({ start, end, limit }) => (limit ? [{ start, end, limit }] : []));
  return { text, format, segments, blocks, simplified };
}

/** The text with a line feed for each carriage return that ends a line alone, as on old Macs. Offsets stay the same. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/**
 * Context of the blocks of a document that cannot be split. They are read as plain text. No parser makes a context that
 * begins with line breaks.
 */
const plainContext = '\n\nplain text';

function cutSafely(parser: BlockParser, text: string): readonly Cut[] {
  try {
    return parser.cut(text);
  } catch {
    // A parser may reach a limit (stack, memory) on hostile input. Reading the text without markup still gives a valid
    // result.
    return plain.cut(text).map((cut) => ({ ...cut, context: plainContext }));
  }
}

function parseBlock(parser: BlockParser, text: string, cut: Cut): BlockReading {
  const source = text.slice(cut.start, cut.end);
  const isPlain = cut.context === plainContext;
  let limit: ReadingLimit | undefined = isPlain ? 'markup' : undefined;
  const segments = parseOrPlain(isPlain ? plain : parser, source, cut.context, (reached) => {
    limit = reached;
  });
  if (cut.start === 0) return { segments, limit };
  return { segments: segments.map((each) => ({ ...each, base: each.base + cut.start })), limit };
}
