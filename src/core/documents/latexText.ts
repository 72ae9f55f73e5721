import { firstWhere } from '../firstWhere';
import { groupBy } from '../groupBy';
import type { LatexToken, LatexTokens } from './latexTokens';

/** The indexes of an argument's first and last token, that is of its braces. */
export interface LatexArgument {
  readonly first: number;
  readonly last: number;
}

/**
 * Maximum number of tokens in an optional argument: an open bracket may be an ordinary bracket that is never closed.
 */
const maxOptionalTokens = 400;

/** The tokens of a LaTeX text. It finds the arguments of commands, and the places of tokens in the source. */
export class LatexText {
  readonly tokens: LatexTokens['tokens'];
  readonly partners: LatexTokens['partners'];
  private ends: ReadonlyMap<string, readonly number[]> | undefined;

  /** @param offset Offset in `source` that the offsets of tokens are relative to. */
  constructor(
    readonly source: string,
    { tokens, partners }: LatexTokens,
    private readonly offset = 0,
  ) {
    this.tokens = tokens;
    this.partners = partners;
  }

  /** The place of a token in the source; its end if there is no token. */
  placeOf(token: LatexToken | undefined): [start: number, end: number] {
    return token
      ? [token.start + this.offset, token.end + this.offset]
      : [this.source.length, this.source.length];
  }

  /** The place of an argument in the source, with its braces. */
  spanOf(argument: LatexArgument): [start: number, end: number] {
    return [this.placeOf(this.tokens[argument.first])[0], this.placeOf(this.tokens[argument.last])[1]];
  }

  /** The group that begins at `index`, or after a space there. */
  groupAt(index: number, afterBlank = true): LatexArgument | undefined {
    const { tokens, partners } = this;
    const first = afterBlank && tokens[index]?.kind === 'space' ? index + 1 : index;
    if (tokens[first]?.kind !== 'open') return undefined;
    const last = partners.get(first);
    return last === undefined ? undefined : { first, last };
  }

  /** The index after the optional arguments at `index`, if there are any. */
  afterOptional(index: number): number {
    let next = index;
    for (let last = this.optionalEnd(next); last !== undefined; last = this.optionalEnd(next))
      next = last + 1;
    return next;
  }

  /** The index after all optional and at most `mandatory` mandatory arguments at `index`. */
  afterArguments(index: number, mandatory: number): number {
    let next = this.afterOptional(index);
    for (let left = mandatory; left > 0; left -= 1) {
      const argument = this.groupAt(next);
      if (!argument) break;
      next = this.afterOptional(argument.last + 1);
    }
    return next;
  }

  /** The index of the `]` that ends the optional argument at `index`, if there is one. */
  optionalEnd(index: number): number | undefined {
    const { tokens, partners } = this;
    if (tokens[index]?.name !== '[' || tokens[index].kind !== 'bracket') return undefined;
    let depth = 0;
    for (let at = index; at < index + maxOptionalTokens; at += 1) {
      const token = tokens[at];
      if (!token || token.kind === 'break' || token.kind === 'close') return undefined;
      if (token.kind === 'bracket') depth += token.name === '[' ? 1 : -1;
      if (depth === 0) return at;
      if (token.kind === 'open') at = partners.get(at) ?? at;
    }
    return undefined;
  }

  /** The index of the token that ends the environment begun at `index`, or of the last token if none ends it. */
  endOfEnvironment(name: string, index: number): number {
    const ends = (this.ends ??= endsOf(this.tokens)).get(name) ?? [];
    return ends[firstWhere(ends, (end) => end > index)] ?? this.tokens.length - 1;
  }
}

/** The indexes of the tokens that end an environment, by its name. */
function endsOf(tokens: LatexTokens['tokens']): ReadonlyMap<string, readonly number[]> {
  const ends = tokens.flatMap((token, index) => (token.kind === 'end' ? [index] : []));
  return groupBy(ends, (index) => tokens[index]?.name ?? '');
}
