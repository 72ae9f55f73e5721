import { Segments } from './blocks';
import { LatexArguments, type LatexArgument } from './latexArguments';
import {
  commandRule,
  environmentArguments,
  formulaEnvironments,
  opaqueEnvironments,
  tableEnvironments,
  titleCommands,
  type CommandRule,
} from './latexCommands';
import { latexTokens, type LatexToken, type LatexTokens } from './latexTokens';
import { SegmentBuilder } from './segmentBuilder';
import { accents, greek, textSymbols } from './symbols';

const ligatures: Readonly<Record<string, string>> = { '--': '–', '---': '—', '``': '"', "''": '"', '`': "'" };
/** Characters after a backslash that only change spacing or position and print nothing. */
const spacingCharacters = new Set(['!', '/', '-', '@', '(', ')', '[', ']', '']);
/** Matches an argument of an unknown command that is a label or a length and not text. */
const technicalArgument = /^(?:[\w.-]*[:_][\w:./-]*|-?[\d.]+\s?(?:cm|mm|pt|em|ex|in|bp|\\[a-z]+width))$/;

/** Writes the printed text of LaTeX tokens into segments. */
export class LatexProse {
  private readonly tokens: LatexTokens['tokens'];
  private readonly partners: LatexTokens['partners'];
  private readonly args: LatexArguments;
  /** Actions to run after the token with the given index was read, innermost last. */
  private readonly pending: { readonly at: number; readonly action: () => void }[] = [];
  /**
   * The index of the token at which to continue after the token with the given index, if arguments in between are
   * dropped.
   */
  private readonly jumps = new Map<number, number>();
  private tables = 0;

  /** @param offset The offset in `source` that token offsets are relative to. */
  constructor(
    private readonly source: string,
    read: LatexTokens,
    private readonly segments: Segments,
    private readonly macros: ReadonlyMap<string, string>,
    private readonly offset = 0,
  ) {
    this.tokens = read.tokens;
    this.partners = read.partners;
    this.args = new LatexArguments(read);
  }

  /** Reads all tokens. */
  read(): void {
    this.readRange(0, this.tokens.length);
  }

  /** Reads only the printed parts of a preamble: the title and similar commands. */
  readTitles(): void {
    for (let index = 0; index < this.tokens.length; index += 1) {
      const token = this.tokens[index];
      let last: number | undefined;
      if (token?.kind === 'command' && titleCommands.has(token.name))
        last = this.args.groupAt(this.args.afterOptional(index + 1))?.last;
      else if (token?.kind === 'begin' && token.name === 'abstract')
        last = this.args.endOfEnvironment(token.name, index);
      if (last === undefined) continue;
      this.readRange(index, last + 1);
      index = last;
    }
  }

  private readRange(first: number, end: number): void {
    let index = first;
    while (index < end) {
      const token = this.tokens[index];
      if (!token) return;
      const next = Math.max(this.readToken(token, index), index + 1);
      this.runPending(next - 1);
      index = this.jumps.get(next - 1) ?? next;
    }
  }

  private runPending(read: number): void {
    for (let top = this.pending.at(-1); top && top.at <= read; top = this.pending.at(-1)) {
      this.pending.pop();
      top.action();
    }
  }

  /** @returns the index of the next token to read. */
  private readToken(token: LatexToken, index: number): number {
    const { builder } = this.segments;
    const [start, end] = this.placeOf(token);
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
    const last = this.partners.get(index);
    const closing = last === undefined ? undefined : this.tokens[last];
    if (last === undefined || !closing) return index + 1;
    const [start] = this.placeOf(token);
    const [, end] = this.placeOf(closing);
    const isDisplayed = token.name === '$$' || token.name === '\\[';
    if (isDisplayed) this.segments.builder.omit(start, end);
    else
      this.segments.formula(
        this.source.slice(start + token.name.length, end - token.name.length),
        start,
        end,
      );
    return last + 1;
  }

  private beginEnvironment(token: LatexToken, index: number): number {
    if (opaqueEnvironments.has(token.name)) {
      const last = this.args.endOfEnvironment(token.name, index);
      const end = this.placeOf(this.tokens[last] ?? token)[1];
      if (formulaEnvironments.has(token.name)) this.segments.builder.omit(this.placeOf(token)[0], end);
      else this.segments.break();
      return last + 1;
    }
    this.segments.break();
    if (tableEnvironments.has(token.name)) this.tables += 1;
    return this.args.afterArguments(index + 1, environmentArguments[token.name] ?? 0);
  }

  private endEnvironment(token: LatexToken, index: number): number {
    if (tableEnvironments.has(token.name)) this.tables = Math.max(0, this.tables - 1);
    // A displayed formula whose beginning is missing is still part of a sentence.
    if (!formulaEnvironments.has(token.name)) this.segments.break();
    return index + 1;
  }

  private command(token: LatexToken, index: number): number {
    const { builder } = this.segments;
    const [start, end] = this.placeOf(token);
    const { name } = token;
    if (name === '\\') return this.lineBreak(index);
    const symbol = textSymbols.get(name) ?? greek.get(name.replace(/^text(?=[a-z])/, ''));
    if (symbol !== undefined) return this.symbol(symbol, start, index);
    if (accents.has(name)) return this.accent(name, start, index);
    if (/^[%&#_${}]$/.test(name)) builder.replace(name, start, end);
    else if (/^[,;: \s]$|^q?quad$|^(?:en|thin)?space$|^(?:newline|linebreak|hfill)$/.test(name))
      builder.space(start, end);
    else if (!spacingCharacters.has(name)) return this.namedCommand(token, index);
    return index + 1;
  }

  private lineBreak(index: number): number {
    const [start, end] = this.placeOf(this.tokens[index]);
    if (this.tables > 0) this.segments.break();
    else this.segments.builder.space(start, end);
    return this.args.afterOptional(index + 1);
  }

  /**
   * Adds the character of a symbol command. TeX skips the space after a command; `{}` after it keeps the space and
   * prints nothing itself.
   */
  private symbol(symbol: string, start: number, index: number): number {
    const after = this.tokens[index + 1];
    const isEmptyGroup = after?.kind === 'open' && this.partners.get(index + 1) === index + 2;
    const last = isEmptyGroup ? index + 2 : after?.kind === 'space' ? index + 1 : index;
    const lastToken = this.tokens[isEmptyGroup ? index + 2 : index];
    this.segments.builder.replace(symbol, start, this.placeOf(lastToken)[1]);
    return last + 1;
  }

  private accent(name: string, start: number, index: number): number {
    const isLetter = /[a-z]/i.test(name);
    const next = isLetter && this.tokens[index + 1]?.kind === 'space' ? index + 2 : index + 1;
    const token = this.tokens[next];
    const group = this.args.groupAt(next, false);
    const [from, to] = group ? this.spanOf(group) : this.placeOf(token);
    const content = this.source
      .slice(from, to)
      .replace(/^\{\s*|\s*\}$/g, '')
      .replace(/^\\([ij])(?![a-zA-Z])\s*/, '$1');
    const letter = /^./su.exec(content)?.[0];
    const isBase =
      letter !== undefined && /^\p{L}$/u.test(letter) && (group ? content.length === letter.length : true);
    if (!isBase || (!group && token?.kind !== 'text' && token?.kind !== 'command')) return index + 1;
    const accented = (letter + (accents.get(name) ?? '')).normalize('NFC');
    const isText = !group && token?.kind === 'text';
    this.segments.builder.replace(accented, start, isText ? from + letter.length : to);
    // The builder continues at its current position, so only the rest of the text token is read.
    const read = isText ? next : (group?.last ?? next) + 1;
    return !group && !isText && this.tokens[read]?.kind === 'space' ? read + 1 : read;
  }

  private namedCommand(token: LatexToken, index: number): number {
    const body = this.macros.get(token.name);
    if (body !== undefined) return this.macro(body, token, index);
    const rule = commandRule(token.name);
    if (!rule) return this.unknownCommand(index);
    if (rule.effect === 'block' || rule.effect === 'label') this.segments.break();
    const first = rule.effect === 'label' ? this.label(index + 1) : this.args.afterOptional(index + 1);
    if (rule.arguments === '') return first;
    return this.withArguments(rule, token, index, first);
  }

  /**
   * Reads the arguments of a command by its rule. A prose argument is only entered: reading continues inside it, and
   * what has to happen at its end is put on the pending list.
   */
  private withArguments(rule: CommandRule, token: LatexToken, index: number, first: number): number {
    const [start, commandEnd] = this.placeOf(token);
    let next = first;
    for (let position = 0; position < rule.arguments.length; position += 1) {
      const role = rule.arguments[position];
      const argument = this.args.groupAt(next);
      if (!argument) break;
      if (role === 'p') {
        this.enter(rule, start, argument);
        if (rule.arguments[position + 1] === 'd')
          this.jumps.set(argument.last, this.args.afterArguments(argument.last + 1, 1));
        return argument.first + 1;
      }
      const [from, to] = this.spanOf(argument);
      if (role === 'm') this.segments.formula(this.source.slice(from + 1, to - 1), start, to);
      next = this.args.afterOptional(argument.last + 1);
    }
    const last = this.tokens[next - 1];
    if (rule.effect === 'omit')
      this.segments.builder.omit(start, next > index + 1 ? this.placeOf(last)[1] : commandEnd);
    return next;
  }

  private enter(rule: CommandRule, start: number, argument: LatexArgument): void {
    const { effect } = rule;
    const end = this.spanOf(argument)[1];
    if (effect === 'raised' || effect === 'lowered') this.segments.openScript(start, effect === 'raised');
    this.pending.push({
      at: argument.last,
      action: () => {
        if (effect === 'block') this.segments.break();
        if (effect === 'raised' || effect === 'lowered') this.segments.closeScript(end);
      },
    });
  }

  private macro(body: string, token: LatexToken, index: number): number {
    const [start, end] = this.placeOf(token);
    const segments = new Segments(new SegmentBuilder(body));
    new LatexProse(body, latexTokens(body), segments, new Map()).read();
    this.segments.builder.replace(segments.finish()[0]?.text ?? '', start, end);
    return index + 1;
  }

  /**
   * Reads an unknown command. Most unknown commands only change the appearance, so their arguments are prose unless
   * they look technical.
   */
  private unknownCommand(index: number): number {
    const next = this.args.afterOptional(index + 1);
    const argument = this.args.groupAt(next, false);
    if (!argument) return next;
    const [from, to] = this.spanOf(argument);
    if (to - from > 80 || !technicalArgument.test(this.source.slice(from + 1, to - 1).trim())) return next;
    this.segments.builder.omit(this.placeOf(this.tokens[index])[0], to);
    return argument.last + 1;
  }

  /** Reads the label of a list item, which is separate prose: `\item[BRCA1] A gene`. */
  private label(index: number): number {
    const last = this.args.optionalEnd(index);
    if (last === undefined) return index;
    if (last === index + 1) return last + 1;
    this.jumps.set(last - 1, last + 1);
    this.pending.push({ at: last - 1, action: () => this.segments.break() });
    return index + 1;
  }

  private placeOf(token: LatexToken | undefined): [start: number, end: number] {
    return token
      ? [token.start + this.offset, token.end + this.offset]
      : [this.source.length, this.source.length];
  }

  private spanOf(argument: LatexArgument): [start: number, end: number] {
    return [this.placeOf(this.tokens[argument.first])[0], this.placeOf(this.tokens[argument.last])[1]];
  }
}
