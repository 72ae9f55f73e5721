import type { Segments } from '../blocks';
import type { TypstBrackets } from './typstBrackets';
import { matchAt } from './typstMarks';

const lineMark = /[ \t]*(?:=+(?=[ \t])|(?:[-+/]|\d{1,9}\.)[ \t]+(?=\S))/y;
const blankLines = /\n[ \t\r]*\n\s*/y;

/** Divides markup into paragraphs, headings and list items by its lines. */
export class TypstLines {
  private isMarkExpected = true;
  /** The kind of the current line: a heading ends with it, a list item at the next line that is not indented. */
  private kind: 'heading' | 'item' | undefined;

  /** @param onBreak Called at the beginning of each paragraph outside of all brackets. */
  constructor(
    private readonly source: string,
    private readonly segments: Segments,
    private readonly brackets: TypstBrackets,
    private readonly onBreak: (at: number) => void,
  ) {}

  /** The mark of a heading or a list item may follow, as at the start of a line. */
  expectMark(): void {
    this.isMarkExpected = true;
  }

  /** Text follows, even if it looks like a mark. */
  expectText(): void {
    this.isMarkExpected = false;
  }

  /** Begins the text of a heading or a list item, if its mark is at `at`. @returns the offset after the mark. */
  mark(at: number): number | undefined {
    if (!this.isMarkExpected) return undefined;
    this.expectText();
    const mark = matchAt(lineMark, this.source, at)?.[0];
    if (mark === undefined) return undefined;
    this.break(at);
    this.kind = mark.includes('=') ? 'heading' : 'item';
    const start = at + mark.length;
    return mark.includes('/') ? this.term(start) : start;
  }

  /** Reads the term of a description at `start`, which is apart from its description. @returns the offset after it. */
  private term(start: number): number {
    const colon = this.source.slice(start, start + 200).search(/[:\n]/);
    if (this.source.charAt(start + colon) !== ':') return start;
    this.segments.builder.prose(start, start + colon);
    this.segments.break();
    return start + colon + 1;
  }

  /** Reads the end of the line at `at`, with the blank lines after it. @returns the offset after them. */
  newline(at: number): number {
    const blank = matchAt(blankLines, this.source, at)?.[0];
    const next = at + (blank?.length ?? 1);
    this.expectMark();
    const endsItem = this.kind === 'item' && !/[ \t\r\n]/.test(this.source.charAt(next));
    if (blank !== undefined || this.kind === 'heading' || endsItem) {
      this.kind = undefined;
      // The white space before the next text belongs to its line, where it may indent a mark.
      const start = blank === undefined ? next : this.source.lastIndexOf('\n', next - 1) + 1;
      this.break(start);
      return start;
    }
    this.segments.builder.space(at, next);
    return next;
  }

  /** Begins a paragraph at `at`. */
  break(at: number): void {
    this.segments.break();
    if (this.brackets.isEmpty) this.onBreak(at);
  }
}
