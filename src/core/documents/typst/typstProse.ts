import type { ReadingLimit, Segments } from '../blocks';
import { closingOf, TypstBrackets } from './typstBrackets';
import { TypstCalls } from './typstCalls';
import { TypstLines } from './typstLines';
import { matchAt, TypstMarks } from './typstMarks';

interface Hooks {
  /** Called at the beginning of each paragraph outside of all brackets. */
  readonly onBreak?: (at: number) => void;
  readonly onLimit?: (limit: ReadingLimit) => void;
}

const headingInCode = /={1,6} +[A-Z]/y;
const markupMarks = /[\\/\n<@#`$*_~\-[\]]/g;
const codeMarks = /["(){}[\]`/\n]/g;

/** Reads Typst in one pass and writes its content into segments. */
export class TypstProse {
  private readonly brackets = new TypstBrackets();
  private readonly lines: TypstLines;
  private readonly marks: TypstMarks;
  private readonly calls: TypstCalls;
  private readonly onLimit: (limit: ReadingLimit) => void;

  constructor(
    private readonly source: string,
    private readonly segments: Segments,
    { onBreak = () => undefined, onLimit = () => undefined }: Hooks,
  ) {
    this.onLimit = onLimit;
    this.lines = new TypstLines(source, segments, this.brackets, onBreak);
    this.marks = new TypstMarks(source, segments, onLimit);
    this.calls = new TypstCalls(source, segments, this.brackets, this.lines, onLimit);
  }

  read(): void {
    for (let at = 0; at < this.source.length;) {
      at = Math.max(this.brackets.isInCode ? this.code(at) : this.markup(at), at + 1);
    }
    if (this.brackets.hasCodeBracket) this.onLimit('unclosed');
  }

  private markup(at: number): number {
    const afterMark = this.lines.mark(at);
    if (afterMark !== undefined) return afterMark;
    markupMarks.lastIndex = at;
    const special = markupMarks.exec(this.source)?.index ?? this.source.length;
    this.segments.builder.prose(at, special);
    return special < this.source.length ? this.special(special) : special;
  }

  private special(at: number): number {
    const character = this.source.charAt(at);
    const { marks } = this;
    if (character === '\n') return this.lines.newline(at);
    if (character === '\\') return marks.escape(at);
    if (character === '/') return marks.comment(at) ?? marks.literal(at);
    if (character === '<' || character === '@') return marks.label(at);
    if (character === '#') return this.calls.hash(at) ?? marks.literal(at);
    if (character === '`') return marks.raw(at);
    if (character === '$') return marks.formula(at);
    if (character === '-') return marks.dash(at);
    if (character === '[') {
      this.brackets.openContent((end) => marks.literal(end - 1));
      return marks.literal(at);
    }
    if (character === ']') return this.brackets.closeContent(at + 1) ?? marks.literal(at);
    if (character === '~') this.segments.builder.space(at, at + 1);
    else if (/[\p{L}\p{N}]{2}/u.test(`${this.source.charAt(at - 1)}${this.source.charAt(at + 1)}`))
      return marks.literal(at);
    return at + 1;
  }

  private code(at: number): number {
    codeMarks.lastIndex = at;
    const match = codeMarks.exec(this.source);
    if (!match) return this.source.length;
    const { index } = match;
    const character = match[0];
    if (character === '"') return this.calls.string(index);
    if (character === '`') return this.marks.raw(index);
    if (character === '/') return this.marks.comment(index) ?? index + 1;
    if (character === ']') return this.brackets.closeContent(index + 1) ?? index + 1;
    if (character === '\n' && matchAt(headingInCode, this.source, index + 1)) return this.giveUp(index);
    const afterCode = this.brackets.closeCode(character, index + 1);
    if (afterCode !== undefined) return afterCode;
    if (character === '[') return this.calls.argument(index);
    const closing = closingOf(character);
    if (closing !== undefined) this.brackets.openCode(closing);
    return index + 1;
  }

  /** A line that is a heading shows that brackets before it are not closed: the document is not complete. */
  private giveUp(at: number): number {
    if (!this.brackets.isInStatement) this.onLimit('unclosed');
    this.brackets.clear();
    this.lines.expectMark();
    this.lines.break(at + 1);
    return at + 1;
  }
}
