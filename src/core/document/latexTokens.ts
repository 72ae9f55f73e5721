import type { Span } from '../types';

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
  | 'hidden'; // a comment, \verb|…|

export interface LatexToken extends Span {
  readonly kind: LatexKind;
  /** Of a command or environment, without backslash and star; of other kinds the token itself. */
  readonly name: string;
}

export interface LatexTokens {
  readonly tokens: readonly LatexToken[];
  /** Index of the token that closes a brace or a formula, by the index of the one that opens it. */
  readonly partners: ReadonlyMap<number, number>;
}

const pattern = (comment: string, text: string): string =>
  [
    `(?<hidden>${comment}\\\\(?:verb\\*?|lstinline)([^a-zA-Z\\s*{[])[^\\n]{0,500}?\\2)`,
    '\\\\(?<border>begin|end)\\s{0,8}\\{(?<environment>[^{}\\\\]{1,40})\\}',
    '\\\\(?<word>[a-zA-Z@]+)\\*?',
    '(?<math>\\$\\$?|\\\\[()[\\]])',
    '\\\\(?<sign>[^]?)',
    '(?<open>\\{)|(?<close>\\})|(?<bracket>[[\\]])|(?<tie>~)|(?<cell>&)',
    '(?<space>\\s+)',
    "(?<ligature>---?|``|''|`)",
    `(?<text>${text}+|[^])`,
  ].join('|');

const withComments = pattern('%[^\\n]*(?:\\n[ \\t]*)?|', "[^\\\\%${}[\\]~&\\s`'-]");
const withoutComments = pattern('', "[^\\\\${}[\\]~&\\s`'-]");

/**
 * The tokens of LaTeX source, with their places, in one pass that no input can slow down.
 *
 * Why not unified-latex, which gives positions too: its grammar reads 150 kB a second where this reads some 20 MB, overflows
 * the stack at some 3,000 open braces, and took 16 s for 64 kB of `\begin{verbatim}`. It is the oracle of the tests.
 */
export function latexTokens(source: string, comments = true): LatexTokens {
  const tokens: LatexToken[] = [];
  const pairs = new Pairs();
  const scanner = new RegExp(comments ? withComments : withoutComments, 'g');
  for (let match = scanner.exec(source); match; match = scanner.exec(source)) {
    const token = tokenOf(match, pairs.formula);
    // Two formulas in a row: `$a$$b$` closes one and opens another.
    scanner.lastIndex = token.end;
    pairs.add(token, tokens.length);
    tokens.push(token);
  }
  return { tokens, partners: pairs.partners };
}

function tokenOf(match: RegExpExecArray, formula: string | undefined): LatexToken {
  const groups = match.groups ?? {};
  const start = match.index;
  const place = { start, end: start + match[0].length };
  const { border, environment, space, math } = groups;
  if (border !== undefined) {
    return {
      ...place,
      kind: border === 'begin' ? 'begin' : 'end',
      name: (environment ?? '').replace(/\*$/, ''),
    };
  }
  if (groups['word'] !== undefined) return { ...place, kind: 'command', name: groups['word'] };
  if (groups['sign'] !== undefined) return { ...place, kind: 'command', name: groups['sign'] };
  if (space !== undefined) return { ...place, kind: /\n[^\n]*\n/.test(space) ? 'break' : 'space', name: ' ' };
  if (math === '$$' && formula === '$') return { start, end: start + 1, kind: 'math', name: '$' };
  const kind = simpleKinds.find((each) => groups[each] !== undefined) ?? 'text';
  return { ...place, kind, name: match[0] };
}

const simpleKinds = ['hidden', 'math', 'open', 'close', 'bracket', 'tie', 'cell', 'ligature'] as const;

/** Matches braces, and formulas within one paragraph; what has no partner is not in the map. */
class Pairs {
  readonly partners = new Map<number, number>();
  private readonly braces: number[] = [];
  private opened: { readonly name: string; readonly index: number } | undefined;

  /** The mark that opened the formula which is being read. */
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
