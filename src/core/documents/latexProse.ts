import { ownValue } from '../ownValue';
import { Segments } from './blocks';
import { acronymPrinter } from './latexAcronyms';
import { LatexCommandReader } from './latexCommandReader';
import {
  environmentArguments,
  formulaEnvironments,
  opaqueEnvironments,
  tableEnvironments,
  titleCommands,
} from './latexCommands';
import { LatexContinuation } from './latexContinuation';
import { LatexSymbols } from './latexSymbols';
import { LatexText } from './latexText';
import { latexTokens, type LatexToken, type LatexTokens } from './latexTokens';
import { SegmentBuilder } from './segmentBuilder';

const ligatures: Readonly<Record<string, string>> = { '--': '–', '---': '—', '``': '"', "''": '"', '`': "'" };
/** Characters after a backslash that only change spacing or position and print nothing. */
const spacingCharacters = new Set(['!', '/', '-', '@', '(', ')', '[', ']', '']);

/** Writes the printed text of LaTeX tokens into segments. */
export class LatexProse {
  private readonly text: LatexText;
  private readonly continuation = new LatexContinuation();
  private readonly symbols: LatexSymbols;
  private readonly commands: LatexCommandReader;
  /** Number of tables that the current token is inside of. */
  private tables = 0;

  /** @param offset The offset in `source` that token offsets are relative to. */
  constructor(
    source: string,
    read: LatexTokens,
    private readonly segments: Segments,
    macros: ReadonlyMap<string, string>,
    offset = 0,
  ) {
    this.text = new LatexText(source, read, offset);
    this.symbols = new LatexSymbols(this.text, segments.builder);
    const printed = new Map<string, string>();
    const printMacro = (name: string) => {
      const body = macros.get(name);
      if (body !== undefined && !printed.has(name)) printed.set(name, printedText(body));
      return printed.get(name);
    };
    const printAcronym = acronymPrinter(macros, printedText);
    this.commands = new LatexCommandReader(this.text, segments, this.continuation, printMacro, printAcronym);
  }

  /** Reads all tokens. */
  read(): void {
    this.readRange(0, this.text.tokens.length);
  }

  /** Reads only the printed parts of a preamble: the title and similar commands. */
  readTitles(): void {
    for (let index = 0; index < this.text.tokens.length; index += 1) {
      const token = this.text.tokens[index];
      let last: number | undefined;
      if (token?.kind === 'command' && titleCommands.has(token.name))
        last = this.text.groupAt(this.text.afterOptional(index + 1))?.last;
      else if (token?.kind === 'begin' && token.name === 'abstract')
        last = this.text.endOfEnvironment(token.name, index);
      if (last === undefined) continue;
      this.readRange(index, last + 1);
      index = last;
    }
  }

  private readRange(first: number, end: number): void {
    let index = first;
    while (index < end) {
      const token = this.text.tokens[index];
      if (!token) return;
      const next = Math.max(this.readToken(token, index), index + 1);
      index = this.continuation.nextAfter(next - 1);
    }
  }

  /** @returns the index of the next token to read. */
  private readToken(token: LatexToken, index: number): number {
    const { builder } = this.segments;
    const [start, end] = this.text.placeOf(token);
    switch (token.kind) {
      case 'text':
      case 'bracket':
        builder.prose(start, end);
        return index + 1;
      case 'ligature':
        builder.replace(ligatures[token.name] ?? token.name, start, end);
        return index + 1;
      case 'space':
      case 'tie':
        builder.space(start, end);
        return index + 1;
      case 'hidden':
        if (!token.name.startsWith('%')) builder.omit(start, end);
        return index + 1;
      case 'break':
      case 'cell':
        this.segments.break();
        return index + 1;
      case 'open':
      case 'close':
        return index + 1;
      case 'math':
        return this.formula(token, index);
      case 'begin':
        return this.beginEnvironment(token, index);
      case 'end':
        return this.endEnvironment(token, index);
      case 'command':
        return this.command(token, index);
    }
  }

  private formula(token: LatexToken, index: number): number {
    const last = this.text.partners.get(index);
    const closing = last === undefined ? undefined : this.text.tokens[last];
    if (last === undefined || !closing) return index + 1;
    const [start] = this.text.placeOf(token);
    const [, end] = this.text.placeOf(closing);
    const isDisplayed = token.name === '$$' || token.name === '\\[';
    if (isDisplayed) this.segments.builder.omit(start, end);
    else
      this.segments.formula(
        this.text.source.slice(start + token.name.length, end - token.name.length),
        start,
        end,
      );
    return last + 1;
  }

  private beginEnvironment(token: LatexToken, index: number): number {
    if (opaqueEnvironments.has(token.name)) {
      const last = this.text.endOfEnvironment(token.name, index);
      const end = this.text.placeOf(this.text.tokens[last] ?? token)[1];
      if (formulaEnvironments.has(token.name)) this.segments.builder.omit(this.text.placeOf(token)[0], end);
      else this.segments.break();
      return last + 1;
    }
    this.segments.break();
    if (tableEnvironments.has(token.name)) this.tables += 1;
    return this.text.afterArguments(index + 1, ownValue(environmentArguments, token.name) ?? 0);
  }

  private endEnvironment(token: LatexToken, index: number): number {
    if (tableEnvironments.has(token.name)) this.tables = Math.max(0, this.tables - 1);
    // A displayed formula whose beginning is missing is still part of a sentence.
    if (!formulaEnvironments.has(token.name)) this.segments.break();
    return index + 1;
  }

  private command(token: LatexToken, index: number): number {
    const { builder } = this.segments;
    const [start, end] = this.text.placeOf(token);
    const { name } = token;
    if (name === '\\') return this.lineBreak(index);
    const afterSymbol = this.symbols.read(name, start, index);
    if (afterSymbol !== undefined) return afterSymbol;
    if (/^[%&#_${}]$/.test(name)) builder.replace(name, start, end);
    else if (/^[,;: \s]$|^q?quad$|^(?:en|thin)?space$|^(?:newline|linebreak|hfill)$/.test(name))
      builder.space(start, end);
    else if (!spacingCharacters.has(name)) return this.commands.read(token, index);
    return index + 1;
  }

  private lineBreak(index: number): number {
    const [start, end] = this.text.placeOf(this.text.tokens[index]);
    if (this.tables > 0) this.segments.break();
    else this.segments.builder.space(start, end);
    return this.text.afterOptional(index + 1);
  }
}

/** The text that a macro without arguments prints. Macros inside it are not expanded. */
function printedText(body: string): string {
  const segments = new Segments(new SegmentBuilder(body));
  new LatexProse(body, latexTokens(body), segments, new Map()).read();
  return segments.finish()[0]?.text ?? '';
}
