import type { ReadingLimit, Segments } from '../blocks';
import { isNoteBetweenSentences, punctuationAfterNote } from '../notes';
import { afterBrackets, isBlockFunction, isDroppedFunction, isStatement } from './typstFunctions';
import { matchAt, TypstMarks } from './typstMarks';
import { typstSymbol } from './typstMath';

/** A bracket that is open. Content is markup; what is in round brackets, braces and statements is code. */
interface Frame {
  readonly kind: 'content' | 'code' | 'text';
  /** The character that closes it; a statement is closed by its line. */
  readonly closing: string;
  /** Called when it is closed before `end`. @returns the offset at which reading continues. */
  readonly close: (end: number) => number;
}

interface Hooks {
  /** Called at the beginning of each paragraph outside of all brackets. */
  readonly onBreak?: (at: number) => void;
  readonly onLimit?: (limit: ReadingLimit) => void;
}

const closings: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };
const lineMark = /[ \t]*(?:=+(?=[ \t])|(?:[-+/]|\d{1,9}\.)[ \t]+(?=\S))/y;
const headingInCode = /={1,6} +[A-Z]/y;
const blankLines = /\n[ \t\r]*\n\s*/y;
const name = /#([a-zA-Z_][\w-]{0,60}(?:\.[a-zA-Z_][\w-]{0,60}){0,8})/y;
const method = /\.[a-zA-Z_][\w-]{0,60}(?=[([])/y;
const string = /"(?:[^"\\\n]|\\[^\n])*"?/y;
const scriptValue = /\(\s?"([^"\\\n]{1,20})"\s?\)/y;
const proseArgument = /\b(?:title|subtitle|abstract|caption|description|keywords)\s{0,9}:\s{0,9}$/;
const markupMarks = /[\\/\n<@#`$*_~\-[\]]/g;
const codeMarks = /["(){}[\]`/\n]/g;
const stay = (end: number): number => end;

/** Reads Typst in one pass and writes its content into segments. */
export class TypstProse {
  private frames: Frame[] = [];
  /** Number of open brackets of content. */
  private contents = 0;
  private readonly marks: TypstMarks;
  private readonly onLimit: (limit: ReadingLimit) => void;
  private isAtLineStart = true;
  /** The kind of the current line: a heading ends with it, a list item at the next line that is not indented. */
  private line: 'heading' | 'item' | undefined;

  constructor(
    private readonly source: string,
    private readonly segments: Segments,
    private readonly hooks: Hooks,
  ) {
    this.onLimit = hooks.onLimit ?? (() => undefined);
    this.marks = new TypstMarks(source, segments, this.onLimit);
  }

  read(): void {
    for (let at = 0; at < this.source.length;) {
      const isCode = this.frames.at(-1)?.kind === 'code';
      at = Math.max(isCode ? this.code(at) : this.markup(at), at + 1);
    }
    if (this.frames.some(({ closing }) => closing === ')' || closing === '}')) this.onLimit('unclosed');
  }

  private markup(at: number): number {
    if (this.isAtLineStart) {
      this.isAtLineStart = false;
      const mark = matchAt(lineMark, this.source, at)?.[0];
      if (mark !== undefined) return this.lineStart(at, mark);
    }
    markupMarks.lastIndex = at;
    const special = markupMarks.exec(this.source)?.index ?? this.source.length;
    this.segments.builder.prose(at, special);
    return special < this.source.length ? this.special(special) : special;
  }

  private lineStart(at: number, mark: string): number {
    this.break(at);
    this.line = mark.includes('=') ? 'heading' : 'item';
    const start = at + mark.length;
    if (!mark.includes('/')) return start;
    const colon = this.source.slice(start, start + 200).search(/[:\n]/);
    if (this.source.charAt(start + colon) !== ':') return start;
    // The term of a description is apart from its description.
    this.segments.builder.prose(start, start + colon);
    this.segments.break();
    return start + colon + 1;
  }

  private special(at: number): number {
    const character = this.source.charAt(at);
    const { marks } = this;
    if (character === '\n') return this.newline(at);
    if (character === '\\') return marks.escape(at);
    if (character === '/') return marks.comment(at) ?? marks.literal(at);
    if (character === '<' || character === '@') return marks.label(at);
    if (character === '#') return this.hash(at);
    if (character === '`') return marks.raw(at);
    if (character === '$') return marks.formula(at);
    if (character === '-') return marks.dash(at);
    if (character === '[') {
      this.frames.push({ kind: 'text', closing: ']', close: (end) => marks.literal(end - 1) });
      this.contents += 1;
      return marks.literal(at);
    }
    if (character === ']') return this.closeContent(at);
    if (character === '~') this.segments.builder.space(at, at + 1);
    else if (/[\p{L}\p{N}]{2}/u.test(`${this.source.charAt(at - 1)}${this.source.charAt(at + 1)}`))
      return marks.literal(at);
    return at + 1;
  }

  private newline(at: number): number {
    const blank = matchAt(blankLines, this.source, at)?.[0];
    const next = at + (blank?.length ?? 1);
    this.isAtLineStart = true;
    const endsItem = this.line === 'item' && !/[ \t\r\n]/.test(this.source.charAt(next));
    if (blank !== undefined || this.line === 'heading' || endsItem) {
      this.line = undefined;
      // The white space before the next text belongs to its line, where it may indent a mark.
      const start = blank === undefined ? next : this.source.lastIndexOf('\n', next - 1) + 1;
      this.break(start);
      return start;
    }
    this.segments.builder.space(at, next);
    return next;
  }

  private break(at: number): void {
    this.segments.break();
    if (this.frames.length === 0) this.hooks.onBreak?.(at);
  }

  private closeContent(at: number): number {
    if (this.contents === 0) return this.isInCode() ? at + 1 : this.marks.literal(at);
    // Round brackets that are open inside the content cannot be closed any more.
    let frame = this.frames.pop();
    while (frame?.kind === 'code') frame = this.frames.pop();
    this.contents -= 1;
    return frame?.close(at + 1) ?? at + 1;
  }

  private isInCode(): boolean {
    return this.frames.at(-1)?.kind === 'code';
  }

  private code(at: number): number {
    codeMarks.lastIndex = at;
    const match = codeMarks.exec(this.source);
    if (!match) return this.source.length;
    const { index } = match;
    const character = match[0];
    if (character === '"') return this.string(index);
    if (character === '`') return this.marks.raw(index);
    if (character === '/') return this.marks.comment(index) ?? index + 1;
    if (character === ']') return this.closeContent(index);
    if (character === '\n' && matchAt(headingInCode, this.source, index + 1)) return this.giveUp(index);
    if (this.frames.at(-1)?.closing === character) return this.frames.pop()?.close(index + 1) ?? index + 1;
    if (character === '[') return this.argument(index);
    const closing = closings[character];
    if (closing !== undefined) this.frames.push({ kind: 'code', closing, close: stay });
    return index + 1;
  }

  /** A line that is a heading shows that brackets before it are not closed: the document is not complete. */
  private giveUp(at: number): number {
    if (this.frames.at(-1)?.closing !== '\n') this.onLimit('unclosed');
    this.frames = [];
    this.contents = 0;
    this.isAtLineStart = true;
    this.break(at + 1);
    return at + 1;
  }

  private string(at: number): number {
    const end = at + (matchAt(string, this.source, at)?.[0].length ?? 1);
    if (!proseArgument.test(this.source.slice(Math.max(0, at - 40), at))) return end;
    this.segments.break();
    this.segments.builder.prose(at + 1, end - 1);
    this.segments.break();
    return end;
  }

  /** Content among code is a text of its own. */
  private argument(at: number): number {
    this.segments.break();
    return this.open(at, (end) => {
      this.segments.break();
      return end;
    });
  }

  private open(at: number, close: (end: number) => number): number {
    this.frames.push({ kind: 'content', closing: ']', close });
    this.contents += 1;
    this.isAtLineStart = true;
    return at + 1;
  }

  private hash(at: number): number {
    const match = matchAt(name, this.source, at);
    const called = match?.[1] ?? '';
    const end = at + (match?.[0].length ?? 1);
    if (!match && closings[this.source.charAt(end)] === undefined) return this.marks.literal(at);
    if (isStatement(called)) {
      this.segments.break();
      const close = (after: number): number => {
        this.isAtLineStart = true;
        this.break(after);
        return after;
      };
      this.frames.push({ kind: 'code', closing: '\n', close });
      return end;
    }
    const symbol = called.startsWith('sym.') ? typstSymbol(called.slice(4)) : undefined;
    if (symbol === undefined) return this.call(at, end, called);
    this.segments.builder.replace(symbol, at, end);
    return end;
  }

  /** Reads the call of a function, or a value: `#figure(…)`, `#sub[2]`, `#link("…")[text]`, `#value`. */
  private call(start: number, at: number, called: string): number {
    const { builder } = this.segments;
    const opening = this.source.charAt(at);
    if (isDroppedFunction(called)) {
      const end = opening === '(' || opening === '[' ? afterBrackets(this.source, at) : at;
      builder.omit(start, end ?? at);
      return end ?? at;
    }
    if (isBlockFunction(called)) this.segments.break();
    if (opening === '[') return this.content(start, at, called);
    const value = called === 'sub' || called === 'super' ? matchAt(scriptValue, this.source, at) : null;
    if (value) {
      this.segments.openScript(start, called === 'super');
      builder.replace(value[1] ?? '', start, at + value[0].length);
      this.segments.closeScript(at + value[0].length);
      return at + value[0].length;
    }
    const closing = closings[opening];
    if (closing !== undefined) {
      this.frames.push({ kind: 'code', closing, close: (end) => this.afterCode(start, end, called) });
      return at + 1;
    }
    if (!isBlockFunction(called)) builder.omit(start, at);
    return at;
  }

  private afterCode(start: number, end: number, called: string): number {
    if (this.isInCode()) return end;
    const next = matchAt(method, this.source, end)?.[0];
    if (next !== undefined) return this.call(start, end + next.length, called);
    if (this.source.charAt(end) === '[') return this.content(start, end, called);
    if (!isBlockFunction(called)) this.segments.builder.omit(start, end);
    return end;
  }

  private content(start: number, at: number, called: string): number {
    if (called === 'footnote') return this.footnote(at);
    const isScript = called === 'sub' || called === 'super';
    if (isScript) this.segments.openScript(start, called === 'super');
    const next = this.open(at, (end) => {
      if (isScript) this.segments.closeScript(end);
      if (isBlockFunction(called)) this.segments.break();
      return this.source.charAt(end) === '[' ? this.content(end, end, called) : end;
    });
    this.isAtLineStart = !isScript;
    return next;
  }

  private footnote(at: number): number {
    const end = afterBrackets(this.source, at);
    const after = end === undefined ? '' : this.source.slice(end, end + 200);
    if (end === undefined || isNoteBetweenSentences(this.segments.builder, after)) {
      this.segments.break();
      return this.open(at, (closed) => {
        this.segments.break();
        return closed + punctuationAfterNote(this.source.slice(closed, closed + 120));
      });
    }
    this.onLimit('footnotes');
    return end;
  }
}
