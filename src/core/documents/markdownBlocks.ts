import type { Span } from '../types';
import { linesOf, type Cut } from './blocks';

/**
 * Context of the block with the metadata at the beginning of a document. The contexts of other blocks are labels, none of
 * which begins with line breaks.
 */
export const frontMatterContext = '\n\nfront matter';

/** A construct that continues until a line ends it. */
interface Open {
  /** Whether the construct continues across blank lines and headings. */
  readonly isAcrossBlanks: boolean;
  endsAt(line: string, indentation: number): boolean;
}

interface Item {
  /**
   * Column at which the content of the item begins: after a blank line, lines that begin at this column or further
   * right belong to the item.
   */
  readonly column: number;
  readonly marker: string;
}

/** Start and end of the HTML blocks that continue across blank lines (CommonMark 0.31, section 4.6, kinds 1 to 5). */
const htmlBlocks: readonly (readonly [RegExp, RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![A-Z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];

/**
 * Splits Markdown where a top-level block begins whatever precedes it: at a line after a blank one that does not
 * continue a list item, at an ATX heading, a fence or a fenced div, and at the next item of a top-level list.
 */
export function cutMarkdown(text: string): Cut[] {
  const cutter = new Cutter(text);
  const matter = frontMatterOf(text);
  for (const line of linesOf(text)) {
    if (line.start >= (matter?.end ?? 0)) cutter.line(line);
  }
  const blocks = cutter.finish();
  const labels = definedLabels(text);
  const cuts = blocks.map((block) => ({
    ...block,
    context: labelsUsed(text.slice(block.start, block.end), labels),
  }));
  return matter ? [{ ...matter, context: frontMatterContext }, ...cuts] : cuts;
}

/**
 * The text of a block, followed by definitions of the link labels in its context, so that the parser reads them as
 * links.
 */
export function withDefinitions(source: string, context: string): string {
  if (context === '') return source;
  return `${source}\n\n${context.replace(/^.*$/gm, (label) => `[${label}]: #`)}\n`;
}

/** A heading, a fence, a comment or the line of a fenced div. */
const blockStart = /^(?:#{1,6}(?:[ \t]|$)|<!--|`{3,}[^`]*$|~{3,}|:{3,})/;

class Cutter {
  private readonly cuts: Span[] = [];
  private start: number | undefined;
  private end = 0;
  private afterBlank = true;
  private open: Open | undefined;
  private item: Item | undefined;

  constructor(private readonly text: string) {}

  line(span: Span): void {
    const line = this.text.slice(span.start, span.end);
    const first = line.search(/[^ \t]/);
    if (first < 0) {
      this.afterBlank = true;
      if (this.open?.isAcrossBlanks === false) this.open = undefined;
      return;
    }
    const indentation = columnAt(line, first);
    if (this.open?.isAcrossBlanks === false && blockStart.test(line.slice(first))) this.open = undefined;
    if (this.open) {
      if (this.open.endsAt(line.slice(first), indentation)) this.open = undefined;
    } else {
      this.closed(line.slice(first), indentation, span.start);
    }
    this.start ??= span.start;
    this.end = span.end;
    this.afterBlank = false;
  }

  finish(): Span[] {
    this.cutAt();
    return this.cuts;
  }

  /** Handles a line outside of constructs that continue across blank lines. */
  private closed(content: string, indentation: number, start: number): void {
    if (indentation >= (this.item?.column ?? 4)) return;
    const marker = /^(?:([-*+:~])|\d{1,9}([.)]))([ \t]+)(?=\S)/.exec(content);
    const kind = marker?.[1] ?? marker?.[2];
    const isSibling = kind !== undefined && kind === this.item?.marker;
    if (this.afterBlank || isSibling || (indentation < 4 && blockStart.test(content))) {
      this.cutAt();
      this.start = start;
      this.item = undefined;
    }
    if (marker && kind !== undefined && indentation < 4) this.item = itemOf(marker, kind, indentation);
    else this.open = opened(content);
    if (this.open) this.item = undefined;
  }

  private cutAt(): void {
    if (this.start !== undefined) this.cuts.push({ start: this.start, end: this.end });
    this.start = undefined;
  }
}

function itemOf(marker: RegExpExecArray, kind: string, indentation: number): Item {
  const blanks = marker[3]?.length ?? 1;
  const width = marker[0].length - blanks;
  return { column: indentation + width + (blanks > 4 ? 1 : blanks), marker: kind };
}

/**
 * The construct that begins with this line and does not end in it: fenced code, a formula in dollars or an HTML block.
 */
function opened(content: string): Open | undefined {
  const mark = /^(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(content);
  if (mark) {
    const fence = mark[1] ?? mark[2] ?? '';
    const closing = new RegExp(`^\\${fence.charAt(0)}{${fence.length},}[ \\t]*$`);
    return { isAcrossBlanks: true, endsAt: (line, indentation) => indentation < 4 && closing.test(line) };
  }
  if (/^\${2,}[^$]*$/.test(content)) return { isAcrossBlanks: false, endsAt: (line) => line.includes('$$') };
  for (const [start, end] of htmlBlocks) {
    const match = start.exec(content);
    if (match)
      return end.test(content.slice(match[0].length))
        ? undefined
        : { isAcrossBlanks: true, endsAt: (line) => end.test(line) };
  }
  return undefined;
}

function columnAt(line: string, index: number): number {
  let column = 0;
  for (let at = 0; at < index; at += 1) column += line.charAt(at) === '\t' ? 4 - (column % 4) : 1;
  return column;
}

function frontMatterOf(text: string): Span | undefined {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const fence = /^(---|\+\+\+)[ \t]*\r?\n/.exec(text.slice(start, start + 100))?.[1];
  if (fence === undefined) return undefined;
  const closing = new RegExp(`\\n\\${fence.charAt(0)}{3}[ \\t]*(?=\\r?\\n|$)`, 'g');
  closing.lastIndex = start + 3;
  const end = closing.exec(text);
  return end ? { start, end: end.index + end[0].length } : undefined;
}

/**
 * Labels of the link and footnote definitions anywhere in the document: a block that uses a label depends on its
 * definition.
 */
function definedLabels(text: string): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const match of text.matchAll(/^[ \t>*+\-\d.)]{0,20}\[([^[\]\n]{1,200})\]:/gm))
    labels.add(normalized(match[1] ?? ''));
  return labels;
}

function labelsUsed(source: string, labels: ReadonlySet<string>): string {
  if (labels.size === 0) return '';
  const used = new Set<string>();
  for (const match of source.matchAll(/\[([^[\]]{1,200})\]/g)) {
    const label = normalized(match[1] ?? '');
    if (labels.has(label)) used.add(label);
  }
  return [...used].join('\n');
}

function normalized(label: string): string {
  return label.replace(/\s+/g, ' ').trim().toLowerCase();
}
