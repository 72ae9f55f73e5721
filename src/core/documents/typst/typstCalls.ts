import type { ReadingLimit, Segments } from '../blocks';
import { isNoteBetweenSentences, punctuationAfterNote } from '../notes';
import { closingOf, type TypstBrackets } from './typstBrackets';
import { afterBrackets, isBlockFunction, isDroppedFunction, isStatement } from './typstFunctions';
import type { TypstLines } from './typstLines';
import { matchAt } from './typstMarks';
import { typstSymbol } from './typstMath';

const name = /#([a-zA-Z_][\w-]{0,60}(?:\.[a-zA-Z_][\w-]{0,60}){0,8})/y;
const method = /\.[a-zA-Z_][\w-]{0,60}(?=[([])/y;
const string = /"(?:[^"\\\n]|\\[^\n])*"?/y;
const scriptValue = /\(\s?"([^"\\\n]{1,20})"\s?\)/y;
const proseArgument = /\b(?:title|subtitle|abstract|caption|description|keywords)\s{0,9}:\s{0,9}$/;

function isScriptFunction(called: string): boolean {
  return called === 'sub' || called === 'super';
}

/**
 * Reads statements, values, and the calls of functions with their arguments. It opens their brackets and leaves what is
 * inside to the caller. Each method returns the offset at which reading continues.
 */
export class TypstCalls {
  /** @param onLimit Called if a footnote is not read, because it stands within a sentence. */
  constructor(
    private readonly source: string,
    private readonly segments: Segments,
    private readonly brackets: TypstBrackets,
    private readonly lines: TypstLines,
    private readonly onLimit: (limit: ReadingLimit) => void,
  ) {}

  /** Reads what begins with the hash at `at`; `undefined` if the hash is text. */
  hash(at: number): number | undefined {
    const match = matchAt(name, this.source, at);
    const called = match?.[1] ?? '';
    const end = at + (match?.[0].length ?? 1);
    if (!match && closingOf(this.source.charAt(end)) === undefined) return undefined;
    if (isStatement(called)) return this.statement(end);
    const symbol = called.startsWith('sym.') ? typstSymbol(called.slice(4)) : undefined;
    if (symbol === undefined) return this.call(at, end, called);
    this.segments.builder.replace(symbol, at, end);
    return end;
  }

  /** A string among code, which is prose if it is a title or the like. */
  string(at: number): number {
    const end = at + (matchAt(string, this.source, at)?.[0].length ?? 1);
    if (!proseArgument.test(this.source.slice(Math.max(0, at - 40), at))) return end;
    this.segments.break();
    this.segments.builder.prose(at + 1, end - 1);
    this.segments.break();
    return end;
  }

  /** Content among code, which is a text of its own. */
  argument(at: number): number {
    this.segments.break();
    return this.openContent(at, (end) => {
      this.segments.break();
      return end;
    });
  }

  private statement(at: number): number {
    this.segments.break();
    this.brackets.openStatement((end) => {
      this.lines.expectMark();
      this.lines.break(end);
      return end;
    });
    return at;
  }

  /** Reads the call of a function, or a value: `#figure(…)`, `#sub[2]`, `#link("…")[text]`, `#value`. */
  private call(start: number, at: number, called: string): number {
    const { builder } = this.segments;
    const opening = this.source.charAt(at);
    if (isDroppedFunction(called)) {
      const end = (opening === '(' || opening === '[' ? afterBrackets(this.source, at) : at) ?? at;
      builder.omit(start, end);
      return end;
    }
    if (isBlockFunction(called)) this.segments.break();
    if (opening === '[') return this.content(start, at, called);
    const value = isScriptFunction(called) ? matchAt(scriptValue, this.source, at) : null;
    if (value) {
      const end = at + value[0].length;
      this.segments.openScript(start, called === 'super');
      builder.replace(value[1] ?? '', start, end);
      this.segments.closeScript(end);
      return end;
    }
    const closing = closingOf(opening);
    if (closing !== undefined) {
      this.brackets.openCode(closing, (end) => this.afterCode(start, end, called));
      return at + 1;
    }
    if (!isBlockFunction(called)) builder.omit(start, at);
    return at;
  }

  private afterCode(start: number, end: number, called: string): number {
    if (this.brackets.isInCode) return end;
    const next = matchAt(method, this.source, end)?.[0];
    if (next !== undefined) return this.call(start, end + next.length, called);
    if (this.source.charAt(end) === '[') return this.content(start, end, called);
    if (!isBlockFunction(called)) this.segments.builder.omit(start, end);
    return end;
  }

  /** The content in the square brackets at `at`, which the function prints. */
  private content(start: number, at: number, called: string): number {
    if (called === 'footnote') return this.footnote(at);
    const isScript = isScriptFunction(called);
    if (isScript) this.segments.openScript(start, called === 'super');
    const next = this.openContent(at, (end) => {
      if (isScript) this.segments.closeScript(end);
      if (isBlockFunction(called)) this.segments.break();
      return this.source.charAt(end) === '[' ? this.content(end, end, called) : end;
    });
    if (isScript) this.lines.expectText();
    return next;
  }

  private footnote(at: number): number {
    const end = afterBrackets(this.source, at);
    const after = end === undefined ? '' : this.source.slice(end, end + 200);
    if (end === undefined || isNoteBetweenSentences(this.segments.builder, after)) {
      this.segments.break();
      return this.openContent(at, (closed) => {
        this.segments.break();
        return closed + punctuationAfterNote(this.source.slice(closed, closed + 120));
      });
    }
    this.onLimit('footnotes');
    return end;
  }

  private openContent(at: number, onClose: (end: number) => number): number {
    this.brackets.openContent(onClose);
    this.lines.expectMark();
    return at + 1;
  }
}
