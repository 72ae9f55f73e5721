import type { Span } from '../types';
import { linesOf } from './blocks';
import { formulaEnvironments } from './latexCommands';

/** The displayed formulas of a text. */
export interface DisplayedFormulas {
  /** Formulas with their labels: `$$ … $$ {#eq-x}`. Includes the unclosed ones. */
  readonly spans: readonly Span[];
  /** Whether a formula is not closed before the end of its paragraph. */
  readonly isUnclosed: boolean;
}

interface OpenFormula {
  readonly start: number;
  /** The text that closes it; undefined for two or more dollars. */
  readonly closing: string | undefined;
  readonly isFirstInLine: boolean;
}

const mark = /\\begin\{([a-zA-Z]{1,20})\*?\}|\\end\{[a-zA-Z]{1,20}\*?\}|\\[^]?|`+|\${2,}/g;
/** The label and number after a formula: `{#eq-x}`, `(1)`, and punctuation between them. */
const label = /(?:[ \t]{0,20}(?:\{[^{}\n]{0,300}\}|\([A-Z]?\.?\d[\w.]{0,10}\))){1,2}/y;
const container = /^(?:[ \t]|>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/;
const fence = /^(`{3,}(?=[^`]*$)|~{3,})/;
const maxCodeMarks = 8;

/**
 * Finds the displayed formulas that take more than one line, and those that have their line for themselves.
 *
 * micromark closes a formula only at a line of dollars. Pandoc, Quarto, GitHub and VS Code close it at the next two
 * dollars, wherever they are (`\end{aligned}$$`, `$$ {#eq-x}`, `$$.`). A formula cannot contain an empty line or a
 * heading, so that one that is not closed ends there.
 */
export function displayedFormulas(source: string): DisplayedFormulas {
  if (!source.includes('$$') && !source.includes('\\begin{')) return { spans: [], isUnclosed: false };
  const finder = new FormulaFinder(source);
  for (const line of linesOf(source)) finder.line(line);
  return finder.finish();
}

class FormulaFinder {
  private readonly spans: Span[] = [];
  private open: OpenFormula | undefined;
  private isUnclosed = false;
  /** The marks that began the code around the current line; undefined outside of code. */
  private code: string | undefined;
  /** The end of the last line that was not empty. */
  private lastEnd = 0;

  constructor(private readonly source: string) {}

  line(line: Span): void {
    const text = this.source.slice(line.start, line.end);
    const prefix = container.exec(text)?.[0].length ?? 0;
    const content = text.slice(prefix);
    const marks = fence.exec(content)?.[0];
    if (this.code !== undefined) {
      const isClosing = marks?.startsWith(this.code) === true && content.trimEnd() === marks;
      if (isClosing) this.code = undefined;
      return;
    }
    if (content === '' || marks !== undefined || /^#{1,6}(?:[ \t]|$)/.test(content)) this.giveUp();
    this.code = marks;
    if (marks === undefined && content !== '') this.marksIn(text, line.start, prefix);
    this.lastEnd = line.end;
  }

  finish(): DisplayedFormulas {
    this.giveUp();
    return { spans: this.spans, isUnclosed: this.isUnclosed };
  }

  private marksIn(text: string, start: number, prefix: number): void {
    const unpaired = new Set<string>();
    mark.lastIndex = 0;
    for (let match = mark.exec(text); match; match = mark.exec(text)) {
      const [found, environment] = match;
      const { lastIndex } = mark;
      if (this.open) {
        const { closing } = this.open;
        const closes = closing === undefined ? found.startsWith('$') : found === closing;
        if (closes) this.close(start + lastIndex, start, text);
      } else if (found.startsWith('`')) {
        const end = unpaired.has(found) || found.length > maxCodeMarks ? -1 : text.indexOf(found, lastIndex);
        if (end < 0) unpaired.add(found);
        else mark.lastIndex = end + found.length;
      } else if (found.startsWith('$') || formulaEnvironments.has(environment ?? '')) {
        const closing = found.startsWith('$') ? undefined : found.replace('begin', 'end');
        this.open = { start: start + match.index, closing, isFirstInLine: match.index === prefix };
      }
    }
  }

  private close(end: number, lineStart: number, text: string): void {
    const { start = end, isFirstInLine = false } = this.open ?? {};
    this.open = undefined;
    label.lastIndex = end - lineStart;
    const after = label.exec(text)?.[0].length ?? 0;
    // A formula within a line is left to the parser: it may be a part of a word.
    const isWithinLine = start >= lineStart;
    const hasLine = isFirstInLine && text.slice(end - lineStart + after).trim() === '';
    if (!isWithinLine || hasLine) this.spans.push({ start, end: end + after });
  }

  /** Ends an open formula. Dollars that do not begin a line and are not closed are text. */
  private giveUp(): void {
    const { open } = this;
    this.open = undefined;
    if (!open?.isFirstInLine) return;
    this.isUnclosed = true;
    this.spans.push({ start: open.start, end: Math.max(open.start + 1, this.lastEnd) });
  }
}
