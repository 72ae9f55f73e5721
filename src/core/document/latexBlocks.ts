import type { Cut } from './blocks';
import { opaqueEnvironments, tableEnvironments } from './latexCommands';

/** Everything before `\begin{document}`. */
export const preambleContext = 'preamble';

const structure =
  /\\(?:verb\*?|lstinline)([^a-zA-Z\s*{[])[^\n]{0,500}?\1|\\(begin|end)\s{0,8}\{([^{}\\]{1,40})\}|\\[^]|%[^\n]*|[{}]|\n[ \t\r]*\n\s*/g;

/** A place where the text could be cut, or a brace. */
interface Mark {
  readonly kind: 'open' | 'close' | 'break';
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts LaTeX at empty lines outside of braces, tables and environments that are no prose. A brace without its
 * partner counts for nothing, so that while one is being typed the rest of the document stays as it is.
 */
export function cutLatex(text: string): Cut[] {
  const { marks, bodyStart, bodyEnd } = structureOf(text);
  const macros = macrosOf(text);
  const cuts: Cut[] = [];
  const add = (start: number, end: number): void => {
    if (start < end) cuts.push({ start, end, context: contextOf(text.slice(start, end), macros) });
  };
  if (bodyStart > 0) cuts.push({ start: 0, end: bodyStart, context: preambleContext });
  let start = bodyStart;
  for (const mark of topLevelBreaks(marks)) {
    if (mark.start < bodyStart || mark.start >= bodyEnd) continue;
    add(start, mark.start);
    start = mark.end;
  }
  add(start, bodyEnd);
  return cuts;
}

/** Macros of the document that stand for a text (`\newcommand{\tnfa}{TNF-$\alpha$}`), as a block's context names them. */
export function macrosIn(context: string): ReadonlyMap<string, string> {
  return new Map(
    context
      .split('\n')
      .filter((line) => line.includes(' '))
      .map((line): [string, string] => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
}

function structureOf(text: string): { marks: Mark[]; bodyStart: number; bodyEnd: number } {
  const marks: Mark[] = [];
  const ends = new EnvironmentEnds(text);
  let bodyStart = 0;
  const scanner = new RegExp(structure);
  for (let match = scanner.exec(text); match; match = scanner.exec(text)) {
    const [token, , border, environment = ''] = match;
    const place = { start: match.index, end: match.index + token.length };
    if (border === 'end' && environment === 'document') return { marks, bodyStart, bodyEnd: place.start };
    if (border === 'begin') {
      if (environment === 'document') bodyStart = place.end;
      else scanner.lastIndex = ends.after(environment, place.end);
    } else if (token === '{') marks.push({ ...place, kind: 'open' });
    else if (token === '}') marks.push({ ...place, kind: 'close' });
    else if (token.startsWith('\n')) marks.push({ ...place, kind: 'break' });
  }
  return { marks, bodyStart, bodyEnd: text.length };
}

/** Finds where tables and environments without prose end; each name is searched to the end of the text once at most. */
class EnvironmentEnds {
  private readonly unclosed = new Set<string>();

  constructor(private readonly text: string) {}

  /** The place after `\end{name}`; `from` itself if the environment may be cut inside or does not end. */
  after(name: string, from: number): number {
    const plainName = name.replace(/\*$/, '');
    if (!opaqueEnvironments.has(plainName) && !tableEnvironments.has(plainName)) return from;
    if (this.unclosed.has(name)) return from;
    const closing = `\\end{${name}}`;
    const end = this.text.indexOf(closing, from);
    if (end >= 0) return end + closing.length;
    this.unclosed.add(name);
    return from;
  }
}

function topLevelBreaks(marks: readonly Mark[]): Mark[] {
  const matched = new Set<Mark>();
  const stack: Mark[] = [];
  for (const mark of marks) {
    if (mark.kind === 'open') stack.push(mark);
    const open = mark.kind === 'close' ? stack.pop() : undefined;
    if (open) matched.add(open).add(mark);
  }
  let depth = 0;
  return marks.filter((mark) => {
    if (matched.has(mark)) depth += mark.kind === 'open' ? 1 : -1;
    return mark.kind === 'break' && depth === 0;
  });
}

const definition =
  /\\(?:(?:new|renew|provide)command\*?\s{0,4}\{?|def\s{0,4})\\([a-zA-Z]+)\s{0,4}\}?\s{0,4}\{((?:[^{}\n]|\{[^{}\n]{0,60}\}){1,80})\}/g;

function macrosOf(text: string): ReadonlyMap<string, string> {
  const macros = new Map<string, string>();
  for (const match of text.matchAll(definition)) {
    if (!(match[2] ?? '').includes('#')) macros.set(match[1] ?? '', match[2] ?? '');
  }
  return macros;
}

function contextOf(source: string, macros: ReadonlyMap<string, string>): string {
  if (macros.size === 0) return '';
  const used = new Set<string>();
  for (const match of source.matchAll(/\\([a-zA-Z]+)/g)) {
    if (macros.has(match[1] ?? '')) used.add(match[1] ?? '');
  }
  return [...used].map((name) => `${name} ${macros.get(name) ?? ''}`).join('\n');
}
