import type { LatexText } from './latexText';
import type { SegmentBuilder } from './segmentBuilder';
import { accents, greek, textSymbols } from './symbols';

/** Writes the characters that commands stand for: `\beta`, `\"o`. */
export class LatexSymbols {
  constructor(
    private readonly text: LatexText,
    private readonly builder: SegmentBuilder,
  ) {}

  /** @returns the index of the next token to read; undefined if the command stands for no character. */
  read(name: string, start: number, index: number): number | undefined {
    const symbol = textSymbols.get(name) ?? greek.get(name.replace(/^text(?=[a-z])/, ''));
    if (symbol !== undefined) return this.symbol(symbol, start, index);
    return accents.has(name) ? this.accent(name, start, index) : undefined;
  }

  /**
   * Adds the character of a symbol command. TeX skips the space after a command; `{}` after it keeps the space and
   * prints nothing itself.
   */
  private symbol(symbol: string, start: number, index: number): number {
    const after = this.text.tokens[index + 1];
    const isEmptyGroup = after?.kind === 'open' && this.text.partners.get(index + 1) === index + 2;
    const last = isEmptyGroup ? index + 2 : after?.kind === 'space' ? index + 1 : index;
    const lastToken = this.text.tokens[isEmptyGroup ? index + 2 : index];
    this.builder.replace(symbol, start, this.text.placeOf(lastToken)[1]);
    return last + 1;
  }

  private accent(name: string, start: number, index: number): number {
    const isLetter = /[a-z]/i.test(name);
    const next = isLetter && this.text.tokens[index + 1]?.kind === 'space' ? index + 2 : index + 1;
    const token = this.text.tokens[next];
    const group = this.text.groupAt(next, false);
    const [from, to] = group ? this.text.spanOf(group) : this.text.placeOf(token);
    const { source } = this.text;
    const argument = group
      ? source.slice(from + 1, to - 1).trim()
      : source.slice(from, Math.min(to, from + 4));
    const content = argument.replace(/^\\([ij])(?![a-zA-Z])\s*/, '$1');
    const letter = /^./su.exec(content)?.[0];
    const isBase =
      letter !== undefined && /^\p{L}$/u.test(letter) && (group ? content.length === letter.length : true);
    if (!isBase || (!group && token?.kind !== 'text' && token?.kind !== 'command')) return index + 1;
    const accented = (letter + (accents.get(name) ?? '')).normalize('NFC');
    const isText = !group && token?.kind === 'text';
    this.builder.replace(accented, start, isText ? from + letter.length : to);
    // The builder continues at its current position, so only the rest of the text token is read.
    const read = isText ? next : (group?.last ?? next) + 1;
    return !group && !isText && this.text.tokens[read]?.kind === 'space' ? read + 1 : read;
  }
}
