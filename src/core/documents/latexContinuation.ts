/** Remembers what to do after a token was read: actions at the end of arguments, and arguments to skip. */
export class LatexContinuation {
  /** The actions, innermost last. */
  private readonly pending: { readonly at: number; readonly action: () => void }[] = [];
  private readonly jumps = new Map<number, number>();

  /** Runs `action` after the token `index` was read. */
  runAfter(index: number, action: () => void): void {
    this.pending.push({ at: index, action });
  }

  /** Continues with the token `next` after the token `index` was read; those in between are skipped. */
  jumpAfter(index: number, next: number): void {
    this.jumps.set(index, next);
  }

  /** Runs the actions that are due after the token `read`. @returns the index of the next token to read. */
  nextAfter(read: number): number {
    for (let top = this.pending.at(-1); top && top.at <= read; top = this.pending.at(-1)) {
      this.pending.pop();
      top.action();
    }
    return this.jumps.get(read) ?? read + 1;
  }
}
