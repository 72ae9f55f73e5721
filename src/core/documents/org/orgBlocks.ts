import { linesOf, type Cut } from '../blocks';
import { ParagraphCuts, trimmedLine, type TrimmedLine } from '../paragraphCuts';

/** Context of a block without prose that is not closed. */
export const unclosedContext = 'unclosed';

const heading = /^(\*+)[ \t]+(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED|STARTED)[ \t]+)?(?:\[#[A-Z\d]\][ \t]+)?/;
const headingTags = /[ \t]+:[\w@#%:]{1,200}:$/;
const keyword = /^#\+([a-zA-Z_][\w-]{0,40})(?:\[[^\]]{0,200}\])?:[ \t]*/;
const blockBegin = /^#\+begin_(\S{1,40})/i;
const blockEnd = /^#\+end_(\S{1,40})/i;
const drawer = /^:[\w-]{1,60}:$/;
const comment = /^#(?:[ \t]|$)/;
const planning = /^(?:(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):|%%\()/;
const item =
  /^(?:[-+]|\*(?=[ \t])|\d{1,4}[.)]|[a-zA-Z][.)](?=[ \t]+[^a-z]))[ \t]+(?:\[[ X-]\][ \t]+)?(?:\[@\d{1,4}\][ \t]+)?(?=\S)/;
const term = /^(\S(?:[^\n]{0,200}?\S)?)[ \t]+::(?:[ \t]+|$)/;
const note = /^\[fn:[\w-]{1,60}\][ \t]*/;
const environment = /^\\begin\{([a-zA-Z]{1,40}\*?)\}/;
const proseKeywords = new Set('title subtitle caption description keywords abstract summary'.split(' '));
const opaqueBlocks = new Set(
  'src example export comment latex html ascii verbatim plantuml ditaa'.split(' '),
);

/** Lines without prose that are being read. A line that begins with `end`, in lower case, ends them. */
interface Hidden {
  readonly end: string;
  readonly start: number;
}

/** Splits Org into paragraphs, headings, list items, captions and table cells. Everything else is left out. */
export function cutOrg(text: string): Cut[] {
  const cutter = new OrgCutter();
  for (const line of linesOf(text)) cutter.line(trimmedLine(text, line));
  return cutter.finish(text.length);
}

class OrgCutter {
  private readonly cuts = new ParagraphCuts();
  private readonly unclosed: Cut[] = [];
  private hidden: Hidden | undefined;
  /** Level of a heading that is commented out, with what is below it. */
  private commented: number | undefined;

  line(line: TrimmedLine): void {
    const { text } = line;
    const stars = line.indentation === 0 ? heading.exec(text)?.[1]?.length : undefined;
    if (stars !== undefined) this.heading(line, stars);
    else if (this.hidden) {
      if (text.toLowerCase().startsWith(this.hidden.end)) this.hidden = undefined;
    } else if (text === '') this.cuts.close();
    else if (this.commented === undefined && !this.isMarkup(line)) this.prose(line);
  }

  finish(end: number): Cut[] {
    this.giveUp(end);
    return [...this.cuts.finish(), ...this.unclosed].sort((a, b) => a.start - b.start);
  }

  /** A heading ends whatever is open. */
  private giveUp(at: number): void {
    this.cuts.close();
    if (this.hidden) this.unclosed.push({ start: this.hidden.start, end: at, context: unclosedContext });
    this.hidden = undefined;
  }

  private heading(line: TrimmedLine, stars: number): void {
    this.giveUp(line.start);
    if (this.commented !== undefined && stars > this.commented) return;
    const mark = heading.exec(line.text)?.[0].length ?? 0;
    this.commented = /^COMMENT(?:\s|$)/.test(line.text.slice(mark)) ? stars : undefined;
    const tags = headingTags.exec(line.text)?.[0].length ?? 0;
    if (this.commented === undefined) this.cuts.piece(line.start + mark, line.end - tags);
  }

  /** Whether a line is no text, or a text without a paragraph around it. */
  private isMarkup(line: TrimmedLine): boolean {
    const { text, start } = line;
    const block = blockBegin.exec(text)?.[1]?.toLowerCase();
    const formula = environment.exec(text)?.[1];
    if (block !== undefined && opaqueBlocks.has(block)) this.hide(`#+end_${block}`, start);
    else if (drawer.test(text)) this.hide(':end:', start);
    else if (formula !== undefined) this.formula(text, `\\end{${formula.toLowerCase()}}`, start);
    else if (block !== undefined || blockEnd.test(text) || comment.test(text) || planning.test(text))
      this.cuts.close();
    else if (/^:(?:[ \t]|$)/.test(text) || /^-{5,}$/.test(text) || /^#\+TBLFM/i.test(text)) this.cuts.close();
    else if (text.startsWith('|')) this.row(line);
    else if (keyword.test(text)) this.keyword(line);
    else return false;
    return true;
  }

  private hide(end: string, start: number): void {
    this.cuts.close();
    this.hidden = { end, start };
  }

  private formula(text: string, end: string, start: number): void {
    if (text.toLowerCase().includes(end)) this.cuts.close();
    else this.hide(end, start);
  }

  private row(line: TrimmedLine): void {
    this.cuts.close();
    if (!/^\|[-+|]+$/.test(line.text)) this.cuts.cells(line, /[^|]+/g);
  }

  private keyword(line: TrimmedLine): void {
    const [mark = '', name = ''] = keyword.exec(line.text) ?? [];
    this.cuts.close();
    if (proseKeywords.has(name.toLowerCase())) this.cuts.piece(line.start + mark.length, line.end);
  }

  private prose(line: TrimmedLine): void {
    const mark = item.exec(line.text) ?? note.exec(line.text);
    if (!mark) {
      this.cuts.add(line);
      return;
    }
    const start = line.start + mark[0].length;
    const named = term.exec(line.text.slice(mark[0].length));
    if (!named) this.cuts.start(line, start);
    else {
      this.cuts.piece(start, start + (named[1] ?? '').length);
      this.cuts.start(line, start + named[0].length);
    }
  }
}
