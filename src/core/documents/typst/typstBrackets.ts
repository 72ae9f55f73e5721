/** Called when a bracket is closed before `end`. @returns the offset at which reading continues. */
type OnClose = (end: number) => number;

interface Bracket {
  /** The character that closes it. A statement ends with its line. */
  readonly closing: string;
  readonly onClose: OnClose;
}

const closings: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

/** The bracket that closes the bracket `opening`; `undefined` for any other character. */
export function closingOf(opening: string): string | undefined {
  return closings[opening];
}

/**
 * The brackets and statements that are open. Content, in square brackets, is markup. What is in round brackets,
 * braces and statements is code.
 */
export class TypstBrackets {
  private brackets: Bracket[] = [];
  /** Number of open brackets of content. */
  private contents = 0;

  get isEmpty(): boolean {
    return this.brackets.length === 0;
  }

  get isInCode(): boolean {
    const last = this.brackets.at(-1);
    return last !== undefined && isCode(last);
  }

  get isInStatement(): boolean {
    return this.brackets.at(-1)?.closing === '\n';
  }

  /** Whether a round bracket or a brace is open. */
  get hasCodeBracket(): boolean {
    return this.brackets.some(({ closing }) => closing === ')' || closing === '}');
  }

  openContent(onClose: OnClose): void {
    this.brackets.push({ closing: ']', onClose });
    this.contents += 1;
  }

  /** @param onClose Default: reading continues after the bracket. */
  openCode(closing: string, onClose: OnClose = (end) => end): void {
    this.brackets.push({ closing, onClose });
  }

  openStatement(onClose: OnClose): void {
    this.openCode('\n', onClose);
  }

  /**
   * Closes the innermost content before `end`. Round brackets that are open inside it cannot be closed any more.
   * @returns the offset at which reading continues; `undefined` if no content is open.
   */
  closeContent(end: number): number | undefined {
    if (this.contents === 0) return undefined;
    let last = this.brackets.pop();
    while (last && isCode(last)) last = this.brackets.pop();
    this.contents -= 1;
    return last?.onClose(end);
  }

  /**
   * Closes the innermost code before `end`, if `closing` is the character that closes it.
   * @returns the offset at which reading continues; `undefined` if nothing was closed.
   */
  closeCode(closing: string, end: number): number | undefined {
    if (this.brackets.at(-1)?.closing !== closing) return undefined;
    return this.brackets.pop()?.onClose(end);
  }

  /** Forgets all brackets. */
  clear(): void {
    this.brackets = [];
    this.contents = 0;
  }
}

function isCode({ closing }: Bracket): boolean {
  return closing !== ']';
}
