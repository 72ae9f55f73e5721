import type { Segments } from './blocks';
import { commandRule, type CommandRule } from './latexCommands';
import type { LatexContinuation } from './latexContinuation';
import type { LatexArgument, LatexText } from './latexText';
import type { LatexToken } from './latexTokens';

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
  ) {}

  /** @returns the index of the next token to read. */
  read(token: LatexToken, index: number): number {
    const printed = this.printMacro(token.name);
    if (printed !== undefined) {
      this.segments.builder.replace(printed, ...this.text.placeOf(token));
      return index + 1;
    }
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

  /**
   * Reads an unknown command. Most unknown commands only change the appearance, so their arguments are prose unless
   * they look technical.
   */
  private unknownCommand(index: number): number {
    const next = this.text.afterOptional(index + 1);
    const argument = this.text.groupAt(next, false);
    if (!argument) return next;
    const [from, to] = this.text.spanOf(argument);
    if (to - from > 80 || !technicalArgument.test(this.text.source.slice(from + 1, to - 1).trim()))
      return next;
    this.segments.builder.omit(this.text.placeOf(this.text.tokens[index])[0], to);
    return argument.last + 1;
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
