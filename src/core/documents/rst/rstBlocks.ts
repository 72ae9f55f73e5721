import { linesOf, type Cut } from '../blocks';
import { ParagraphCuts, trimmedLine, type TrimmedLine } from '../paragraphCuts';
import { SubstitutionUses } from '../substitutions';
import { directiveRule, proseFields } from './rstDirectives';
import { RstTable } from './rstTable';

const underline = /^([!-/:-@[-`{-~])\1{2,}$/;
const explicit = /^\.\.(?:[ \t]+|$)/;
const substitution = /^\|([^|\n]{1,80})\|[ \t]+([\w-]+)::[ \t]*(.*)$/;
const target = /^(?:_|__[ \t])/;
const note = /^\[(?:\d{1,4}|#[\w.-]{0,60}|\*|[a-zA-Z][\w.:-]{0,80})\][ \t]*/;
const directive = /^([a-zA-Z][\w+.:-]{0,60})::(?:[ \t]+|$)/;
const field = /^:(?![:\s])((?:[^:\\\n]|\\[^\n]|:(?=\S)){1,80}):(?:[ \t]+|$)/;
/** The mark of a list item. `E. coli` begins none, although docutils thinks so. */
export const itemMark =
  /^(?:[-*+•‣]|\(?(?:\d{1,4}|#|[a-z]|[A-Z](?=[.)][ \t]+[^a-z])|[ivxIVX]{2,6})[.)])[ \t]+(?=\S)/;

/** Splits reStructuredText into paragraphs, headings, list items and table cells. Everything else is left out. */
export function cutRst(text: string): Cut[] {
  const uses = new SubstitutionUses(/\|([^|\n]{1,80})(?=\|)/g);
  const cutter = new RstCutter(uses);
  for (const line of linesOf(text)) cutter.line(trimmedLine(text, line));
  return cutter.cuts.finish((block) => uses.contextOf(text.slice(block.start, block.end)));
}

class RstCutter {
  readonly cuts = new ParagraphCuts();
  private readonly table = new RstTable(this.cuts);
  /** Lines that are indented further are not prose: comments, code, bodies of fields. */
  private hidden: number | undefined;
  /** Column of a directive whose options may follow. */
  private options: number | undefined;
  /** Column of a paragraph that has ended with two colons, so that a literal block may follow. */
  private literal: number | undefined;
  private mayBeField = true;
  /** Column of the field whose body is being read. */
  private fieldColumn = Infinity;
  private isInDoctest = false;

  constructor(private readonly substitutions: SubstitutionUses) {}

  line(line: TrimmedLine): void {
    if (line.text === '') this.blank();
    else if (!this.isHidden(line) && !this.isOption(line)) this.content(line);
  }

  private blank(): void {
    this.cuts.close();
    this.options = undefined;
    this.mayBeField = true;
    this.fieldColumn = Infinity;
    if (this.isInDoctest) this.hidden = undefined;
    this.isInDoctest = false;
    this.table.blank();
  }

  private isHidden({ indentation, text }: TrimmedLine): boolean {
    if (this.literal !== undefined && indentation > this.literal) this.hidden = this.literal;
    this.literal = undefined;
    if (this.hidden !== undefined && indentation > this.hidden) return true;
    this.hidden = undefined;
    if (this.table.isOpen || !text.startsWith('>>> ')) return false;
    // A doctest goes on to the next empty line.
    this.cuts.close();
    this.hidden = indentation - 1;
    this.isInDoctest = true;
    return true;
  }

  private isOption(line: TrimmedLine): boolean {
    if (this.options === undefined || line.indentation <= this.options) return false;
    const isOption = field.test(line.text);
    if (isOption) this.cuts.close();
    else if (!this.cuts.isOpen) this.options = undefined;
    return isOption;
  }

  private content(line: TrimmedLine): void {
    if (explicit.test(line.text)) this.explicit(line);
    else if (this.table.read(line)) this.mayBeField = true;
    else if (underline.test(line.text)) this.cuts.close();
    else if (this.mayBeField && field.test(line.text)) this.field(line);
    else this.paragraph(line);
  }

  /** Reads what begins with two dots: comments, targets, notes, substitutions and directives. */
  private explicit(line: TrimmedLine): void {
    this.cuts.close();
    const mark = explicit.exec(line.text)?.[0].length ?? 2;
    const body = line.text.slice(mark);
    const noteMark = note.exec(body)?.[0].length;
    if (noteMark !== undefined) {
      this.cuts.start(line, line.start + mark + noteMark);
      return;
    }
    const [, name, kind, value = ''] = substitution.exec(body) ?? [];
    if (name !== undefined && kind === 'replace') this.substitutions.define(name, value);
    const match = name !== undefined || target.test(body) ? null : directive.exec(body);
    const rule = match && directiveRule(match[1] ?? '');
    if (!match || !rule?.hasContent) this.hidden = line.indentation;
    if (!match) return;
    this.options = line.indentation;
    if (rule?.hasTitle && body.length > match[0].length)
      this.cuts.start(line, line.start + mark + match[0].length);
  }

  private field(line: TrimmedLine): void {
    this.cuts.close();
    this.fieldColumn = line.indentation;
    const [mark = '', name = ''] = field.exec(line.text) ?? [];
    if (!proseFields.has(name.toLowerCase())) this.hidden = line.indentation;
    else if (line.text.length > mark.length) this.cuts.start(line, line.start + mark.length);
  }

  private paragraph(line: TrimmedLine): void {
    const { last, lines } = this.cuts;
    this.mayBeField = line.indentation > this.fieldColumn;
    if (this.cuts.isOpen && last) {
      // The lines of an item or note are indented. Elsewhere an indented line is the text of a definition.
      const isDefinition = lines === 1 && line.indentation > last.indentation && !hasMark(last.text);
      const isDedented = lines > 1 && line.indentation < last.indentation;
      if (itemMark.test(line.text) || isDefinition || isDedented) this.cuts.close();
    }
    this.cuts.add(line);
    if (line.text.endsWith('::')) this.literal = line.indentation;
  }
}

/** Whether the lines after a line are indented because of a mark at its beginning. */
function hasMark(text: string): boolean {
  return itemMark.test(text) || explicit.test(text) || field.test(text) || text.startsWith('| ');
}
