import type { Event, Token } from 'micromark-util-types';
import { Segments, type BlockParser } from './blocks';
import { parseFrontMatter } from './frontMatter';
import { cutMarkdown, frontMatterContext, withDefinitions } from './markdownBlocks';
import { markdownEvents } from './markdownEvents';
import { markdownMasks } from './markdownMasks';
import { closeElement, isInline, localName, openElement, proseOfHtml } from './markup';
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
  parse(source, context) {
    if (context === frontMatterContext) return parseFrontMatter(source);
    const prose = new MarkdownProse(source);
    for (const event of markdownEvents(withDefinitions(source, context))) prose.read(event);
    return prose.segments.finish();
  },
};

/** Token types whose content is one segment. */
const segmentTokens = new Set([
  'paragraph',
  'atxHeadingText',
  'setextHeadingText',
  'tableHeader',
  'tableData',
]);
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

  constructor(private readonly source: string) {
    this.builder = new SegmentBuilder(source, markdownMasks(source));
    this.segments = new Segments(this.builder);
  }

  read([kind, token]: Event): void {
    if (token.start.offset >= this.source.length) return;
    if (kind === 'exit') this.exit(token);
    else if (!this.skipped) this.enter(token.type, token);
  }

  private enter(type: string, token: Token): void {
    if (segmentTokens.has(type)) {
      this.segments.break();
      this.inside = true;
    } else if (type === 'htmlFlow') {
      this.segments.break();
      this.skipped = token;
      proseOfHtml(this.segments, this.source, token.start.offset, this.endOf(token));
      this.segments.break();
    } else if (this.inside) this.inline(type, token);
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
    if (type === 'data' || type === 'characterEscapeValue') this.builder.prose(start, end);
    else if (type === 'lineEnding') this.builder.space(start, end);
    else if (type === 'characterReference')
      emitReference(this.builder, this.source.slice(start + 1, end - 1), start, end);
    else if (type === 'mathText') this.formula(start, end);
    else if (opaqueTokens.has(type) && !unprintedTokens.has(type)) this.builder.omit(start, end);
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
