import type { Segments } from './blocks';
import { acronymCommand } from './latexAcronyms';
import { commandRule, type CommandRule } from './latexCommands';
import type { LatexContinuation } from './latexContinuation';
import type { LatexArgument, LatexText } from './latexText';
import type { LatexToken } from './latexTokens';
import { printedUnit } from './latexUnits';
import { print } from './printedText';

/** Matches an argument of an unknown command that is a label or a length and not text. */
const technicalArgument = /^(?:[\w.-]*[:_][\w:./-]*|-?[\d.]+\s?(?:cm|mm|pt|em|ex|in|bp|\\[a-z]+width))$/;

/** Reads commands by their rules: what their arguments are, and which of them are printed. */
export class LatexCommandReader {
  /** @param printMacro Gives the printed text of a macro; undefined for a command that is no macro of the document. */
  constructor(
    private readonly text: LatexText,
    private readonly segments: Segments,
    private readonly continuation: LatexContinuation,
    private readonly printMacro: (name: string) => string | undefined,
    private readonly printAcronym: (command: string, key: string) => string | undefined,
  ) {}

  /** @returns the index of the next token to read. */
  read(token: LatexToken, index: number): number {
    const printed = this.printMacro(token.name);
    if (printed !== undefined) {
      print(this.segments.builder, printed, ...this.text.placeOf(token));
      return index + 1;
    }
    const special =
      this.acronym(token, index) ?? this.quantity(token, index) ?? this.definition(token, index);
    if (special !== undefined) return special;
    const rule = commandRule(token.name);
    if (!rule) return this.unknownCommand(index);
    if (rule.effect === 'block' || rule.effect === 'label') this.segments.break();
    const first = rule.effect === 'label' ? this.label(index + 1) : this.text.afterOptional(index + 1);
    if (rule.arguments === '') return first;
    return this.withArguments(rule, token, index, first);
  }

  /**
   * Reads the arguments of a command by its rule. A prose argument is only entered: reading continues inside it, and
   * what has to happen at its end is left to {@link LatexContinuation}.
   */
  private withArguments(rule: CommandRule, token: LatexToken, index: number, first: number): number {
    const [start, commandEnd] = this.text.placeOf(token);
    let next = first;
    for (let position = 0; position < rule.arguments.length; position += 1) {
      const role = rule.arguments[position];
      const argument = this.text.groupAt(next);
      if (!argument) break;
      if (role === 'p') {
        this.enter(rule, start, argument);
        if (rule.arguments[position + 1] === 'd')
          this.continuation.jumpAfter(argument.last, this.text.afterArguments(argument.last + 1, 1));
        return argument.first + 1;
      }
      const [from, to] = this.text.spanOf(argument);
      if (role === 'm') this.segments.formula(this.text.source.slice(from + 1, to - 1), start, to);
      next = this.text.afterOptional(argument.last + 1);
    }
    const last = this.text.tokens[next - 1];
    if (rule.effect === 'omit')
      this.segments.builder.omit(start, next > index + 1 ? this.text.placeOf(last)[1] : commandEnd);
    return next;
  }

  private enter(rule: CommandRule, start: number, argument: LatexArgument): void {
    const { effect } = rule;
    const end = this.text.spanOf(argument)[1];
    if (effect === 'raised' || effect === 'lowered') this.segments.openScript(start, effect === 'raised');
    this.continuation.runAfter(argument.last, () => {
      if (effect === 'block') this.segments.break();
      if (effect === 'raised' || effect === 'lowered') this.segments.closeScript(end);
    });
  }

  /** Prints an acronym: `\gls{key}`. */
  private acronym(token: LatexToken, index: number): number | undefined {
    if (!acronymCommand(token.name)) return undefined;
    const argument = this.text.groupAt(this.text.afterOptional(index + 1));
    if (!argument) return undefined;
    const [from, to] = this.text.spanOf(argument);
    const printed = this.printAcronym(token.name, this.text.source.slice(from + 1, to - 1));
    if (printed === undefined) return undefined;
    print(this.segments.builder, printed, this.text.placeOf(token)[0], to);
    return this.text.afterOptional(argument.last + 1);
  }

  /** Reads a number with its unit: `\SI{5}{\milli\gram}` is `5 mg`. */
  private quantity({ name }: LatexToken, index: number): number | undefined {
    const isUnit = name === 'si' || name === 'unit';
    if (!isUnit && name !== 'SI' && name !== 'qty') return undefined;
    const first = this.text.groupAt(this.text.afterOptional(index + 1));
    if (!first) return undefined;
    const [from, to] = this.text.spanOf(first);
    if (isUnit) return this.unit(from, to, '', first.last + 1);
    this.segments.builder.prose(from + 1, to - 1);
    const second = this.text.groupAt(this.text.afterOptional(first.last + 1));
    return second ? this.unit(...this.text.spanOf(second), ' ', second.last + 1) : first.last + 1;
  }

  private unit(from: number, to: number, space: string, next: number): number {
    const printed = printedUnit(this.text.source.slice(from + 1, Math.min(to - 1, from + 200)));
    if (printed !== '') print(this.segments.builder, `${space}${printed}`, from, to);
    return next;
  }

  /** Reads an entry in a list of acronyms, `\acro{SF}{long form}`, as `SF (long form)`. */
  private definition({ name }: LatexToken, index: number): number | undefined {
    if (name !== 'acro') return undefined;
    const key = this.text.groupAt(index + 1);
    const long = key && this.text.groupAt(this.text.afterOptional(key.last + 1));
    if (!long) return undefined;
    const { builder } = this.segments;
    const bracket = this.text.optionalEnd(key.last + 1);
    const [from, to] =
      bracket === undefined ? this.text.spanOf(key) : this.spanOfOptional(key.last + 1, bracket);
    const [start, end] = this.text.spanOf(long);
    this.segments.break();
    builder.prose(from + 1, to - 1);
    builder.space(to - 1, to);
    builder.replace('(', start, start + 1);
    this.continuation.runAfter(long.last, () => {
      builder.replace(')', end - 1, end);
      this.segments.break();
    });
    return long.first + 1;
  }

  private spanOfOptional(first: number, last: number): [start: number, end: number] {
    return [this.text.placeOf(this.text.tokens[first])[0], this.text.placeOf(this.text.tokens[last])[1]];
  }

  /**
   * Reads an unknown command. Most unknown commands only change the appearance, so their arguments are prose unless
   * they look technical.
   */
  private unknownCommand(index: number): number {
    const next = this.text.afterOptional(index + 1);
    const argument = this.text.groupAt(next, false);
    if (!argument) return next;
    const [from, to] = this.text.spanOf(argument);
    if (to - from > 80 || !technicalArgument.test(this.text.source.slice(from + 1, to - 1).trim())) {
      this.separateArguments(argument);
      return next;
    }
    this.segments.builder.omit(this.text.placeOf(this.text.tokens[index])[0], to);
    return argument.last + 1;
  }

  /** Keeps the words of the arguments of an unknown command apart: `\dose{imatinib}{400 mg}`. */
  private separateArguments({ last }: LatexArgument): void {
    const following = this.text.groupAt(last + 1, false);
    if (!following) return;
    const [from, to] = this.text.placeOf(this.text.tokens[last]);
    this.continuation.runAfter(last, () => {
      this.segments.builder.space(from, to);
      this.separateArguments(following);
    });
  }

  /** Reads the label of a list item, which is separate prose: `\item[BRCA1] A gene`. */
  private label(index: number): number {
    const last = this.text.optionalEnd(index);
    if (last === undefined) return index;
    if (last === index + 1) return last + 1;
    this.continuation.jumpAfter(last - 1, last + 1);
    this.continuation.runAfter(last - 1, () => this.segments.break());
    return index + 1;
  }
}
