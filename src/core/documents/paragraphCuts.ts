import type { Span } from '../types';
import type { Cut } from './blocks';

/** A line without the white space around it. */
export interface TrimmedLine extends Span {
  readonly text: string;
  /** Number of characters before it. */
  readonly indentation: number;
}

/** The line `[start, end)` of `source` without the white space around it. */
export function trimmedLine(source: string, { start, end }: Span): TrimmedLine {
  const line = source.slice(start, end).trimEnd();
  const text = line.trimStart();
  const indentation = line.length - text.length;
  return { start: start + indentation, end: start + line.length, text, indentation };
}

/** Collects the blocks of a format that is read line by line: paragraphs that grow, and pieces of a line. */
export class ParagraphCuts {
  private readonly cuts: Span[] = [];
  private open: { readonly start: number; end: number } | undefined;
  /** Number of lines of the open paragraph. */
  lines = 0;
  /** The last line of the open paragraph. */
  last: TrimmedLine | undefined;

  get isOpen(): boolean {
    return this.open !== undefined;
  }

  /** Begins a paragraph at the offset `start` in a line. Default: the start of the line. */
  start(line: TrimmedLine, start = line.start): void {
    this.close();
    this.open = { start, end: line.end };
    this.lines = 1;
    this.last = line;
  }

  /** Adds a line to the open paragraph, or begins one. */
  add(line: TrimmedLine): void {
    if (!this.open) {
      this.start(line);
      return;
    }
    this.open.end = line.end;
    this.lines += 1;
    this.last = line;
  }

  /** Adds a piece that is a block of its own. */
  piece(start: number, end: number): void {
    this.close();
    if (end > start) this.cuts.push({ start, end });
  }

  /** Adds the parts of a line that match `pattern` as blocks: cells of a table. */
  cells(line: TrimmedLine, pattern: RegExp): void {
    for (const match of line.text.matchAll(pattern)) {
      const content = match[0].trim();
      const start = line.start + match.index + match[0].indexOf(content);
      this.piece(start, start + content.length);
    }
  }

  close(): void {
    const { open } = this;
    this.open = undefined;
    if (open && open.end > open.start) this.cuts.push(open);
  }

  /** @param contextOf Gives the context of a block. Default: none. */
  finish(contextOf: (block: Span) => string = () => ''): Cut[] {
    this.close();
    return this.cuts.map((block) => ({ start: block.start, end: block.end, context: contextOf(block) }));
  }
}
