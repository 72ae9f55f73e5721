import type { Span } from '../types';
import type { Cut } from './blocks';
import { acronymCommand, acronymContext, definedAcronyms, type LatexAcronym } from './latexAcronyms';
import { opaqueEnvironments, tableEnvironments } from './latexCommands';
import { administrativeSections, afterFalse } from './latexHidden';

/** Everything before `\begin{document}`. */
export const preambleContext = 'preamble';
/** Context of a block whose macros are not expanded, because the document would become too long. */
export const unexpandedContext = 'unexpanded';

const verbatim = /\\(?:verb\*?|lstinline)([^a-zA-Z\s*{[])[^\n]{0,500}?\1/y;
const border = /\\(begin|end)\s{0,8}\{([^{}\\]{1,40})\}/y;
/** The part of a paragraph break after its first line feed. */
const emptyLines = /[ \t\r]*\n\s*/y;

interface Structure {
  /** Empty lines at which the text may be split. */
  readonly breaks: readonly Span[];
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/**
 * Splits LaTeX at empty lines outside of braces, tables and environments without prose. An unmatched brace is ignored,
 * so that the rest of the document does not change while the user is typing one.
 */
export function cutLatex(text: string): Cut[] {
  const { breaks, bodyStart, bodyEnd } = new StructureScanner(text).scan();
  const macros = new MacroUses(text);
  const cuts: Cut[] = [];
  const left = administrativeSections(text);
  let nextLeft = 0;
  const add = (start: number, end: number): void => {
    let from = start;
    while ((left[nextLeft]?.end ?? Infinity) <= from) nextLeft += 1;
    for (let hidden = left[nextLeft]; hidden && hidden.start < end; hidden = left[nextLeft]) {
      addBlock(from, hidden.start);
      from = hidden.end;
      if (from >= end) break;
      nextLeft += 1;
    }
    addBlock(from, end);
  };
  const addBlock = (start: number, end: number): void => {
    if (start < end) cuts.push({ start, end, context: macros.contextOf(text.slice(start, end)) });
  };
  if (bodyStart > 0) cuts.push({ start: 0, end: bodyStart, context: preambleContext });
  let start = bodyStart;
  for (const mark of breaks) {
    if (mark.start < bodyStart || mark.start >= bodyEnd) continue;
    add(start, mark.start);
    start = mark.end;
  }
  add(start, bodyEnd);
  return cuts;
}

/**
 * The macros that a block uses and that expand to text (`\newcommand{\tnfa}{TNF-$\alpha$}`), read from the context of
 * the block.
 */
export function macrosIn(context: string): ReadonlyMap<string, string> {
  return new Map(
    context
      .split('\n')
      .filter((line) => line.includes(' '))
      .map((line): [string, string] => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
}

/** Scans the characters in one pass; regular expressions only look at what follows a backslash or a line feed. */
class StructureScanner {
  private readonly breaks: Span[] = [];
  /** For each open brace, the number of breaks before it. */
  private readonly braces: number[] = [];
  private readonly ends: EnvironmentEnds;
  private bodyStart = 0;

  constructor(private readonly text: string) {
    this.ends = new EnvironmentEnds(text);
  }

  scan(): Structure {
    const { text, breaks } = this;
    let bodyEnd = text.length;
    for (let at = 0; at < bodyEnd;) {
      const code = text.charCodeAt(at);
      if (code === 92 && this.endsDocument(at)) bodyEnd = at;
      else if (code === 92) at = this.afterCommand(at);
      else if (code === 37) at = indexOr(text, '\n', at);
      else if (code === 10) at = this.afterLine(at);
      else {
        if (code === 123) this.braces.push(breaks.length);
        else if (code === 125) this.closeBrace();
        at += 1;
      }
    }
    return { breaks, bodyStart: this.bodyStart, bodyEnd };
  }

  /** Removes the breaks inside a pair of braces as soon as the closing brace is found. */
  private closeBrace(): void {
    const before = this.braces.pop();
    if (before !== undefined) this.breaks.length = before;
  }

  private endsDocument(at: number): boolean {
    return this.text.startsWith('\\end{document}', at);
  }

  private afterCommand(at: number): number {
    const next = this.text.charAt(at + 1);
    if (next === 'i' && /^\\iffalse(?![a-zA-Z@])/.test(this.text.slice(at, at + 9)))
      return afterFalse(this.text, at);
    const pattern = next === 'v' || next === 'l' ? verbatim : next === 'b' ? border : undefined;
    if (pattern) pattern.lastIndex = at;
    const match = pattern?.exec(this.text);
    if (!match) return at + 2;
    const end = at + match[0].length;
    if (pattern === verbatim) return end;
    if (match[2] !== 'document') return this.ends.after(match[2] ?? '', end);
    this.bodyStart = end;
    return end;
  }

  private afterLine(at: number): number {
    emptyLines.lastIndex = at + 1;
    const rest = emptyLines.exec(this.text)?.[0].length;
    if (rest === undefined) return at + 1;
    this.breaks.push({ start: at, end: at + 1 + rest });
    return at + 1 + rest;
  }
}

function indexOr(text: string, search: string, from: number): number {
  const index = text.indexOf(search, from);
  return index < 0 ? text.length : index;
}

/**
 * Finds the ends of tables and of environments without prose. Each name is searched to the end of the text at most
 * once.
 */
class EnvironmentEnds {
  private readonly unclosed = new Set<string>();

  constructor(private readonly text: string) {}

  /** The offset after `\end{name}`, or `from` if the environment may be split inside or is not closed. */
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

const definition =
  /\\(?:(?:new|renew|provide)command\*?\s{0,4}\{?|def\s{0,4})\\([a-zA-Z]+)\s{0,4}\}?\s{0,4}\{((?:[^{}\n]|\{[^{}\n]{0,60}\}){1,80})\}/g;

function macrosOf(text: string): ReadonlyMap<string, string> {
  const macros = new Map<string, string>();
  for (const match of text.matchAll(definition)) {
    if (!(match[2] ?? '').includes('#')) macros.set(match[1] ?? '', match[2] ?? '');
  }
  return macros;
}

/** The macros of a document. It counts what they print, so that a few short lines do not become millions of characters. */
class MacroUses {
  private readonly macros: ReadonlyMap<string, string>;
  /**
   * Number of characters that the macros may still print. It begins with many times the length of the document, so that
   * only a text that was made to grow uses it up.
   */
  private left: number;
  private readonly acronyms: ReadonlyMap<string, LatexAcronym>;
  /** Keys of the acronyms that earlier blocks have used. */
  private readonly introduced = new Set<string>();

  constructor(text: string) {
    this.macros = macrosOf(text);
    this.acronyms = definedAcronyms(text);
    this.left = 10 * text.length + 100_000;
  }

  /** The context of the next block: the macros that it uses, for {@link macrosIn}. */
  contextOf(source: string): string {
    if (this.macros.size === 0 && this.acronyms.size === 0) return '';
    const used = new Map<string, string>();
    for (const match of source.matchAll(/\\([a-zA-Z]+)/g)) {
      const body = this.macros.get(match[1] ?? '');
      if (body === undefined) continue;
      used.set(match[1] ?? '', body);
      this.left -= body.length;
      if (this.left < 0) return unexpandedContext;
    }
    return this.addAcronyms(source, used)
      ? Array.from(used, ([name, body]) => `${name} ${body}`).join('\n')
      : unexpandedContext;
  }

  /** Adds the acronyms that a block uses. @returns whether they may be printed. */
  private addAcronyms(source: string, used: Map<string, string>): boolean {
    if (this.acronyms.size === 0) return true;
    for (const match of source.matchAll(/\\([a-zA-Z]{2,16})\*?(?:\[[^\][\n]{0,60}\])?\{([^{}\s]{1,60})\}/g)) {
      const key = match[2] ?? '';
      const acronym = this.acronyms.get(key);
      const command = acronym && acronymCommand(match[1] ?? '');
      if (!acronym || !command) continue;
      this.left -= acronym.short.length + (acronym.long?.length ?? 0);
      if (this.left < 0) return false;
      const [name, body] = acronymContext(key, acronym, this.introduced.has(key));
      if (!used.has(name)) used.set(name, body);
      if (command.form === 'use') this.introduced.add(key);
    }
    return true;
  }
}
