import { linesOf, type Cut } from '../blocks';
import { ParagraphCuts, trimmedLine, type TrimmedLine } from '../paragraphCuts';
import { SubstitutionUses } from '../substitutions';
import { cutCells } from './asciidocTable';

/** Context of a block without prose that is not closed. */
export const unclosedContext = 'unclosed';

const opaqueBorder = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|`{3,}.*)$/;
const openBorder = /^(?:={4,}|\*{4,}|_{4,}|--)$/;
const tableBorder = /^[|,:!]={3,}$/;
const underline = /^([=~^+-])\1+$/;
const attribute = /^:!?([\w-]{1,60})!?:(?:[ \t]+(.*))?$/;
const heading = /^(={1,6}|#{1,6})[ \t]+(?=\S)/;
const blockTitle = /^\.(?=[^\s.])/;
const blockMacro =
  /^(?:(?:image|video|audio|include|toc|ifdef|ifndef|ifeval|endif|bibliography|plantuml|diagram)::?[^\s[]*\[.*\]|<<<|'{3}|-{3}|\*{3}|\+|- - -|\* \* \*|toc::\[\])$/;
const item =
  /^(?:\*{1,5}|-|\.{1,5}|\d{1,4}\.|[a-zA-Z]\.(?=[ \t]+[^a-z])|<(?:\d{1,3}|\.)>)[ \t]+(?:\[[ x*]\][ \t]+)?(?=\S)/;
const term = /^(\S(?:[^\n]{0,200}?\S)?)(?::{2,4}|;;)(?:[ \t]+|$)/;
const admonition = /^(?:NOTE|TIP|IMPORTANT|CAUTION|WARNING):[ \t]+/;
/** Attributes of a block whose text is code. */
const opaqueStyle =
  /^\[(?:source|listing|literal|stem|latexmath|asciimath|pass|plantuml|graphviz|mermaid|ditaa|comment|[a-z]*,?.*%?linenums)\b/;
const proseAttributes = new Set(['description', 'keywords', 'abstract', 'summary', 'subject']);

/** Splits AsciiDoc into paragraphs, headings, list items, titles of blocks and table cells. Everything else is left out. */
export function cutAsciidoc(text: string): Cut[] {
  const uses = new SubstitutionUses(/\{([\w-]{1,60})\}/g);
  const cutter = new AsciidocCutter(uses);
  for (const line of linesOf(text)) cutter.line(trimmedLine(text, line));
  const cuts = cutter.cuts.finish((block) => uses.contextOf(text.slice(block.start, block.end)));
  const unclosed = cutter.unclosedStart;
  return unclosed === undefined
    ? cuts
    : [...cuts, { start: unclosed, end: text.length, context: unclosedContext }];
}

class AsciidocCutter {
  readonly cuts = new ParagraphCuts();
  /** The border that ends the block without prose that is being read. */
  private opaque: { readonly border: string; readonly start: number } | undefined;
  /** Border of the table that is being read. */
  private table: string | undefined;
  /** Whether the next paragraph is code. */
  private isCode = false;
  private afterBlank = true;
  /** Lines of the header that may follow: author and revision. */
  private headerLines = 0;
  private isAfterItem = false;

  constructor(private readonly substitutions: SubstitutionUses) {}

  /** The start of a block without prose that is not closed. */
  get unclosedStart(): number | undefined {
    return this.opaque?.start;
  }

  line(line: TrimmedLine): void {
    const { text } = line;
    if (this.opaque) {
      if (text === this.opaque.border) this.opaque = undefined;
    } else if (text === '') this.blank();
    else if (line.indentation === 0 && tableBorder.test(text)) this.tableBorder(text);
    else if (this.table !== undefined) cutCells(this.cuts, line, this.table.charAt(0));
    else if (!this.isSetextBorder(line) && !this.border(line)) this.content(line);
    this.afterBlank = text === '';
  }

  private blank(): void {
    this.cuts.close();
    this.headerLines = 0;
    if (!this.afterBlank) this.isCode = false;
  }

  private tableBorder(text: string): void {
    this.cuts.close();
    this.isCode = false;
    this.table = this.table === undefined ? text : undefined;
  }

  /** Whether a line underlines the one before it, which is a heading then. */
  private isSetextBorder({ text }: TrimmedLine): boolean {
    const { last, lines } = this.cuts;
    if (!this.cuts.isOpen || lines !== 1 || !last || !underline.test(text)) return false;
    if (Math.abs(last.text.length - text.length) > 1 || !/[\p{L}\p{N}]/u.test(last.text)) return false;
    this.cuts.close();
    return true;
  }

  private border(line: TrimmedLine): boolean {
    if (line.indentation > 0) return false;
    const isOpaque = opaqueBorder.test(line.text) || (this.isCode && openBorder.test(line.text));
    if (!isOpaque && !openBorder.test(line.text) && !blockMacro.test(line.text)) return false;
    this.cuts.close();
    this.isCode = false;
    if (isOpaque) this.opaque = { border: line.text.startsWith('`') ? '```' : line.text, start: line.start };
    return true;
  }

  private content(line: TrimmedLine): void {
    const { text } = line;
    const isFirst = !this.cuts.isOpen;
    if (/^\/\/(?!\/)/.test(text)) return;
    if (isFirst && line.indentation > 0 && this.afterBlank && !this.isAfterItem && !isMarked(text))
      this.isCode = true;
    if (this.isCode && !/^\[.*\]$/.test(text) && !blockTitle.test(text)) return;
    if (attribute.test(text)) this.attribute(line);
    else if (this.headerLines > 0) this.headerLines -= 1;
    else if (/^\[.*\]$/.test(text)) this.attributes(text);
    else if (heading.test(text)) this.heading(line);
    else if (isFirst && blockTitle.test(text)) this.cuts.piece(line.start + 1, line.end);
    else this.paragraph(line, isFirst);
  }

  private attribute(line: TrimmedLine): void {
    const [, name = '', value = ''] = attribute.exec(line.text) ?? [];
    if (proseAttributes.has(name)) this.cuts.piece(line.end - value.length, line.end);
    else this.substitutions.define(name, value);
  }

  private attributes(text: string): void {
    this.cuts.close();
    if (opaqueStyle.test(text)) this.isCode = true;
  }

  private heading(line: TrimmedLine): void {
    const mark = heading.exec(line.text)?.[0].length ?? 0;
    this.isAfterItem = false;
    this.cuts.piece(line.start + mark, line.end);
    if (mark === 2) this.headerLines = 2;
  }

  private paragraph(line: TrimmedLine, isFirst: boolean): void {
    const mark = item.exec(line.text) ?? (isFirst ? admonition.exec(line.text) : null);
    const named = term.exec(line.text);
    if (named) {
      const start = line.start + named[0].length;
      this.cuts.piece(line.start, line.start + (named[1] ?? '').length);
      this.cuts.start(line, start);
      if (start >= line.end) this.cuts.close();
    } else if (mark) this.cuts.start(line, line.start + mark[0].length);
    else this.cuts.add(line);
    if (isFirst || mark || named) this.isAfterItem = mark !== null || named !== null;
  }
}

function isMarked(text: string): boolean {
  return item.test(text) || term.test(text);
}
