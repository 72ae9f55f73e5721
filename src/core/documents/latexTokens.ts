import type { Span } from '../types';
import { afterFalse } from './latexHidden';

export type LatexKind =
  | 'text' // letters, digits and signs that print as they stand
  | 'ligature' // ``, '', --, ---
  | 'space'
  | 'break' // white space with an empty line: a new paragraph
  | 'command' // \name or one sign after a backslash
  | 'begin' // \begin{name}
  | 'end' // \end{name}
  | 'open' // {
  | 'close' // }
  | 'bracket' // [ or ]
  | 'math' // $ $$ \( \) \[ \]
  | 'tie' // ~
  | 'cell' // &
  | 'hidden'; // a comment, \verb|…|, \iffalse … \fi

export interface LatexToken extends Span {
  readonly kind: LatexKind;
  /** The name of a command or environment without backslash and star; for other kinds the token itself. */
  readonly name: string;
}

export interface LatexTokens {
  readonly tokens: readonly LatexToken[];
  /** For each token that opens a brace or a formula, the index of the token that closes it. */
  readonly partners: ReadonlyMap<number, number>;
}

/**
 * Patterns for what begins with a backslash or a percent sign. Their repetitions are bounded, so that no input is
 * slow.
 */
const verbatim = /\\(?:verb\*?|lstinline)([^a-zA-Z\s*{[])[^\n]{0,500}?\1/y;
const border = /\\(begin|end)\s{0,8}\{([^{}\\]{1,40})\}/y;
const word = /\\([a-zA-Z@]+)\*?/y;
const comment = /%[^\r\n]*(?:(?:\r\n?|\n)[ \t]*)?/y;

const special = new Set('\\%{}[]$~&`');
const signs: Readonly<Record<string, LatexKind>> = {
  '{': 'open',
  '}': 'close',
  '[': 'bracket',
  ']': 'bracket',
  '~': 'tie',
  '&': 'cell',
  '`': 'ligature',
};

/**
 * Splits LaTeX source into tokens with their offsets, in one pass whose cost is linear for any input.
 *
 * unified-latex also gives positions, but it reads only a tenth of the text in the same time, overflows the stack at
 * about 3,000 open braces, and took 16 s for 64 kB of `\begin{verbatim}`. The tests use it as the reference.
 *
 * @param comments Whether `%` begins a comment; in the fields of BibTeX it is a percent sign.
 */
export function latexTokens(source: string, comments = true): LatexTokens {
  const tokens: LatexToken[] = [];
  const pairs = new Pairs();
  for (let at = 0; at < source.length;) {
    const token = tokenAt(source, at, comments, pairs.formula);
    pairs.add(token, tokens.length);
    tokens.push(token);
    at = token.end;
  }
  return { tokens, partners: pairs.partners };
}

function tokenAt(source: string, start: number, comments: boolean, formula: string | undefined): LatexToken {
  const character = source.charAt(start);
  const one = (kind: LatexKind, length = 1): LatexToken => {
    return {
      kind,
      start,
      end: start + length,
      name: length === 1 ? character : source.slice(start, start + length),
    };
  };
  if (character === '\\') return commandAt(source, start);
  if (character === '%' && comments) return one('hidden', matchAt(comment, source, start)?.[0].length ?? 1);
  // Two adjacent formulas: in `$a$$b$` the second `$` closes one and the third opens another.
  if (character === '$') return one('math', source.charAt(start + 1) === '$' && formula !== '$' ? 2 : 1);
  const ligature = ligatureAt(source, start);
  if (ligature > 0) return one('ligature', ligature);
  const kind = signs[character];
  if (kind) return one(kind);
  const blank = blankAt(source, start);
  if (blank.end > start) return { kind: blank.isBreak ? 'break' : 'space', start, end: blank.end, name: ' ' };
  return { kind: 'text', start, end: endOfText(source, start + 1, comments), name: '' };
}

function commandAt(source: string, start: number): LatexToken {
  const hidden = matchAt(verbatim, source, start)?.[0];
  if (hidden !== undefined) return { kind: 'hidden', start, end: start + hidden.length, name: hidden };
  if (source.startsWith('\\iffalse', start) && !/[a-zA-Z@]/.test(source.charAt(start + 8)))
    return { kind: 'hidden', start, end: afterFalse(source, start), name: '%' };
  const environment = matchAt(border, source, start);
  if (environment) {
    const name = (environment[2] ?? '').replace(/\*$/, '');
    return {
      kind: environment[1] === 'begin' ? 'begin' : 'end',
      start,
      end: start + environment[0].length,
      name,
    };
  }
  const command = matchAt(word, source, start);
  if (command) return { kind: 'command', start, end: start + command[0].length, name: command[1] ?? '' };
  const sign = source.charAt(start + 1);
  const end = start + 1 + sign.length;
  return /^[()[\]]$/.test(sign)
    ? { kind: 'math', start, end, name: `\\${sign}` }
    : { kind: 'command', start, end, name: sign };
}

/**
 * The end of a run of words and the spaces between them. A space at the beginning is a separate token, because
 * commands look at it.
 */
function endOfText(source: string, from: number, comments: boolean): number {
  let end = from;
  while (end < source.length) {
    const character = source.charAt(end);
    if (special.has(character) && (character !== '%' || comments)) return end;
    if (ligatureAt(source, end) > 0) return end;
    const blank = blankAt(source, end);
    if (blank.isBreak) return end;
    end = Math.max(end + 1, blank.end);
  }
  return end;
}

function ligatureAt(source: string, at: number): number {
  const character = source.charAt(at);
  if ((character !== '-' && character !== "'" && character !== '`') || source.charAt(at + 1) !== character)
    return 0;
  return character === '-' && source.charAt(at + 2) === '-' ? 3 : 2;
}

/** The end of the white space at `at`, and whether it contains an empty line and so ends a paragraph. */
function blankAt(source: string, at: number): { end: number; isBreak: boolean } {
  let lines = 0;
  let end = at;
  for (; end < source.length; end += 1) {
    const code = source.charCodeAt(end);
    if (code !== 32 && (code < 9 || code > 13)) break;
    if (code === 10) lines += 1;
  }
  return { end, isBreak: lines > 1 };
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** Matches braces, and formulas within one paragraph. Unmatched ones are not in the map. */
class Pairs {
  readonly partners = new Map<number, number>();
  private readonly braces: number[] = [];
  private opened: { readonly name: string; readonly index: number } | undefined;

  /** The delimiter that opened the current formula. */
  get formula(): string | undefined {
    return this.opened?.name;
  }

  add(token: LatexToken, index: number): void {
    if (token.kind === 'open') this.braces.push(index);
    else if (token.kind === 'break') this.opened = undefined;
    else if (token.kind === 'math') this.math(token.name, index);
    else if (token.kind === 'close') {
      const open = this.braces.pop();
      if (open !== undefined) this.partners.set(open, index);
    }
  }

  private math(name: string, index: number): void {
    const closes: Readonly<Record<string, string>> = { '\\)': '\\(', '\\]': '\\[', $: '$', $$: '$$' };
    if (this.opened && closes[name] === this.opened.name) {
      this.partners.set(this.opened.index, index);
      this.opened = undefined;
    } else if (!this.opened && name !== '\\)' && name !== '\\]') this.opened = { name, index };
  }
}
