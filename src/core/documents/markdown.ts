import type { Event, Token } from 'micromark-util-types';
import type { Segment, Span } from '../types';
import { Segments, type BlockParser, type ReadingLimit } from './blocks';
import { parseFrontMatter } from './frontMatter';
import { cutMarkdown, frontMatterContext, withDefinitions } from './markdownBlocks';
import { chunkCaptions } from './markdownChunks';
import { markdownEvents } from './markdownEvents';
import { displayedFormulas } from './markdownFormulas';
import { markdownMasks } from './markdownMasks';
import { asCommonMark } from './markdownSyntax';
import { closeElement, isInline, localName, openElement, proseOfHtml } from './markup';
import { compose } from './place';
import { emitReference } from './references';
import { SegmentBuilder } from './segmentBuilder';

/**
 * Parser for CommonMark with GitHub's tables, footnotes and strikethrough, and with formulas in dollars. It reads the
 * tokens of micromark instead of a syntax tree, because the text nodes of a tree no longer tell where escapes and line
 * prefixes were.
 */
export const markdown: BlockParser = {
  cut: cutMarkdown,

  /** @throws {StepLimitError} as {@link markdownEvents}. */
  parse(source, context, onLimit = () => undefined) {
    if (context === frontMatterContext) return parseFrontMatter(source);
    const { spans, isUnclosed } = displayedFormulas(source);
    if (isUnclosed) onLimit('unclosed');
    const prose = new MarkdownProse(source, spans, onLimit);
    for (const event of markdownEvents(withDefinitions(asCommonMark(source, spans), context)))
      prose.read(event);
    return prose.segments.finish();
  },
};

/** The segments of a text whose characters have places in `outer`. */
function parseWithin(outer: Segment, onLimit: (limit: ReadingLimit) => void): Segment[] {
  return markdown.parse(outer.text, '', onLimit).map((segment) => compose(segment, outer));
}

/** Token types whose content is one segment. */
const segmentTokens = new Set([
  'paragraph',
  'atxHeadingText',
  'setextHeadingText',
  'tableHeader',
  'tableData',
]);
/** The beginning of a line that is a mark of Pandoc: of a line block, an example list or a list that is numbered with `#`. */
const lineMark = /\|[ \t]+(?=[^|\n]+(?:\n|$))|(?:\(@[\w-]{0,60}\)|#\.)[ \t]+/y;
/** Token types inside a segment that are not prose, whatever they contain. */
const opaqueTokens = new Set([
  'codeText',
  'autolink',
  'literalAutolink',
  'resource',
  'reference',
  'gfmFootnoteCall',
  'definition',
]);
const unprintedTokens = new Set(['resource', 'reference', 'gfmFootnoteCall', 'definition']);

class MarkdownProse {
  readonly segments: Segments;
  private readonly builder: SegmentBuilder;
  private inside = false;
  /** The token that is being skipped with everything inside it. */
  private skipped: Token | undefined;
  /** Name of the inline HTML element that is open and whose content is code; empty if there is none. */
  private code = '';

  /** Fences of the code block that is being read. */
  private fences = 0;

  constructor(
    private readonly source: string,
    formulas: readonly Span[],
    private readonly onLimit: (limit: ReadingLimit) => void,
  ) {
    this.builder = new SegmentBuilder(source, markdownMasks(source, formulas));
    this.segments = new Segments(this.builder);
  }

  read([kind, token]: Event): void {
    if (token.start.offset >= this.source.length) return;
    if (token.type === 'codeFenced') this.fencedCode(kind, token);
    else if (token.type === 'codeFencedFence' && kind === 'enter') this.fences += 1;
    else if (kind === 'exit') this.exit(token);
    else if (!this.skipped) this.enter(token.type, token);
  }

  private enter(type: string, token: Token): void {
    if (segmentTokens.has(type)) {
      this.segments.break();
      this.inside = true;
    } else if (type === 'htmlFlow') {
      this.segments.break();
      this.skipped = token;
      this.html(token.start.offset, this.endOf(token));
    } else if (this.inside) this.inline(type, token);
  }

  private html(start: number, end: number): void {
    proseOfHtml(this.segments, this.source, start, end);
    this.segments.break();
    const text = this.source.slice(start, end);
    if (text.startsWith('<!--') && !text.includes('-->')) this.onLimit('unclosed');
  }

  /** Reads only the captions of executable code. Code that is not closed hides the text after it. */
  private fencedCode(kind: Event[0], token: Token): void {
    const start = token.start.offset;
    const end = this.endOf(token);
    if (kind === 'enter') {
      this.fences = 0;
      const captions = chunkCaptions(this.source, { start, end });
      this.segments.add(captions.flatMap((caption) => parseWithin(caption, this.onLimit)));
    } else if (this.fences < 2 && this.source.slice(start, end).trim().includes('\n'))
      this.onLimit('unclosed');
  }

  private exit(token: Token): void {
    if (this.skipped === token) this.skipped = undefined;
    else if (!this.skipped && segmentTokens.has(token.type)) {
      this.segments.break();
      this.inside = false;
      this.code = '';
    }
  }

  private inline(type: string, token: Token): void {
    const start = token.start.offset;
    const end = this.endOf(token);
    if (type === 'htmlText') this.tag(start, end);
    else if (opaqueTokens.has(type) || type === 'mathText') this.skipped = token;
    if (this.code !== '') return;
    if (type === 'data') this.data(start, end);
    else if (type === 'characterEscapeValue') this.builder.prose(start, end);
    else if (type === 'lineEnding') this.builder.space(start, end);
    else if (type === 'characterReference')
      emitReference(this.builder, this.source.slice(start + 1, end - 1), start, end);
    else if (type === 'mathText') this.formula(start, end);
    else if (opaqueTokens.has(type) && !unprintedTokens.has(type)) this.builder.omit(start, end);
  }

  private data(start: number, end: number): void {
    let from = start;
    if (/(?:^|\n)[ \t>]*$/.test(this.source.slice(Math.max(0, start - 20), start))) {
      lineMark.lastIndex = start;
      const mark = lineMark.exec(this.source)?.[0] ?? '';
      if (mark !== '' && !mark.startsWith('|')) this.segments.break();
      from += mark.length;
    }
    this.builder.prose(from, end);
  }

  private formula(start: number, end: number): void {
    const token = this.source.slice(start, end);
    const marks = /^\$*/.exec(token)?.[0].length ?? 0;
    const content = token.slice(marks, token.length - marks);
    // Two prices in one sentence are not a formula. The rule is that of Pandoc (tex_math_dollars).
    const isPrice =
      !token.startsWith('$$') && (/^\s|\s$/.test(content) || /\d/.test(this.source.charAt(end)));
    if (isPrice) this.builder.prose(start, end);
    else this.segments.formula(content, start, end);
  }

  private tag(start: number, end: number): void {
    const [, slash, tag = ''] = /^<(\/?)([a-zA-Z][\w:-]*)/.exec(this.source.slice(start, end)) ?? [];
    const name = localName(tag);
    if (this.code !== '') {
      if (slash === '/' && name === this.code) this.code = '';
    } else if (name === 'code' || name === 'script' || name === 'style') {
      if (slash === '') this.code = name;
      this.builder.omit(start, end);
    } else if (!isInline(name) && name !== 'br') {
      if (name !== '') this.builder.space(start, end);
    } else if (slash === '/') closeElement(this.segments, name, end);
    else openElement(this.segments, name, start, end);
  }

  private endOf(token: Token): number {
    return Math.min(token.end.offset, this.source.length);
  }
}
