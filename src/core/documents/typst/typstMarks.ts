import type { ReadingLimit, Segments } from '../blocks';
import { simpleTypstMath } from './typstMath';

const escape = /\\(?:u\{([\da-fA-F]{1,6})\}|(\S)|)/y;
const dashes = /-{2,3}(?!-)/y;
const marks = /`{1,64}/y;
const label = /<[\w:.-]{1,100}>/y;
const reference = /@\w(?:[\w:.-]{0,100}[\w-])?(?:\[[^[\]\n]{0,200}\])?/y;

/** The text that matches `pattern`, which is sticky, at an offset. */
export function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** Reads the marks of Typst that need no knowledge of what is around them. Each method returns the offset after the mark. */
export class TypstMarks {
  /** Whether a mark of raw text has no partner in the rest of the text, by its length. */
  private readonly unpaired = new Set<string>();

  constructor(
    private readonly source: string,
    private readonly segments: Segments,
    private readonly onLimit: (limit: ReadingLimit) => void,
  ) {}

  literal(at: number): number {
    this.segments.builder.prose(at, at + 1);
    return at + 1;
  }

  escape(at: number): number {
    const [found = '\\', code, character] = matchAt(escape, this.source, at) ?? [];
    const end = at + found.length;
    const point = code === undefined ? undefined : Number.parseInt(code, 16);
    if (point !== undefined && point <= 0x10ffff)
      this.segments.builder.replace(String.fromCodePoint(point), at, end);
    else if (character === undefined) this.segments.builder.space(at, at + 1);
    else this.segments.builder.prose(at + 1, end);
    return end;
  }

  dash(at: number): number {
    const found = matchAt(dashes, this.source, at)?.[0];
    if (found === undefined) return this.source.charAt(at + 1) === '?' ? at + 2 : this.literal(at);
    this.segments.builder.replace(found === '--' ? '–' : '—', at, at + found.length);
    return at + found.length;
  }

  /** A label or a reference: `<sec:a>`, `@key`. */
  label(at: number): number {
    const found = matchAt(this.source.charAt(at) === '<' ? label : reference, this.source, at)?.[0];
    const isAddress = this.source.charAt(at) === '@' && /\w/.test(this.source.charAt(at - 1));
    if (found === undefined || isAddress) return this.literal(at);
    this.segments.builder.omit(at, at + found.length);
    return at + found.length;
  }

  /** The offset after the comment at `at`. Returns undefined for other text, such as the slashes of an address. */
  comment(at: number): number | undefined {
    const next = this.source.charAt(at + 1);
    if (next === '*') return this.afterComment(at);
    const isInAddress = /https?:(?:\/\/\S*)?$/.test(this.source.slice(Math.max(0, at - 200), at));
    if (next !== '/' || isInAddress) return undefined;
    const end = this.source.indexOf('\n', at);
    return end < 0 ? this.source.length : end;
  }

  /** The offset after a comment between slashes and stars; such comments can be nested. */
  private afterComment(at: number): number {
    const border = /\/\*|\*\//g;
    border.lastIndex = at;
    let depth = 0;
    for (let match = border.exec(this.source); match; match = border.exec(this.source)) {
      depth += match[0] === '/*' ? 1 : -1;
      if (depth === 0) return border.lastIndex;
    }
    this.onLimit('unclosed');
    return this.source.length;
  }

  raw(at: number): number {
    const { builder } = this.segments;
    const mark = matchAt(marks, this.source, at)?.[0] ?? '`';
    const from = at + mark.length;
    if (mark.length === 2) return from;
    const close = this.unpaired.has(mark) ? -1 : this.source.indexOf(mark, from);
    if (close < 0) {
      this.unpaired.add(mark);
      this.onLimit('unclosed');
      return mark.length > 2 ? this.source.length : from;
    }
    const end = close + mark.length;
    if (this.source.slice(from, close).includes('\n')) this.segments.break();
    else builder.omit(at, end);
    return end;
  }

  /** A formula ends at the next dollar of its paragraph. With spaces inside its dollars it is displayed. */
  formula(at: number): number {
    const border = /\$|\\[^]|\n[ \t\r]*\n/g;
    border.lastIndex = at + 1;
    let match = border.exec(this.source);
    while (match?.[0].startsWith('\\')) match = border.exec(this.source);
    if (match?.[0] !== '$') return this.literal(at);
    const content = this.source.slice(at + 1, match.index);
    const end = match.index + 1;
    const prose = /^\s|\s$/.test(content) ? undefined : simpleTypstMath(content);
    if (prose === undefined) this.segments.builder.omit(at, end);
    else this.segments.builder.replace(prose, at, end);
    return end;
  }
}
