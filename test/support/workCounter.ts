/**
 * Counts the work of a function in steps, so that a test can tell linear from quadratic without a clock.
 *
 * A step is one execution of a block of code: a function, a branch or the body of a loop. V8 counts them for its coverage
 * reports, in the product and in its packages alike, without any change to the code. Loops inside V8 itself are added: the
 * characters that a search or a regular expression passes, the elements that `splice` moves, and the characters of a
 * long string that is read for the first time, because V8 joins its parts only then. Not counted is the backtracking
 * inside one match of a regular expression.
 */
import { Session } from 'node:inspector';
import type { Profiler } from 'node:inspector';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Shorter strings are cheap to join. */
const longString = 256;
/** Elements that `splice` moves in the time of one step. */
const movesPerStep = 16;

export class WorkCounter {
  private readonly session = new Session();
  private native = 0;
  /** Long strings that were read. */
  private readonly known = new Set<string>();

  /** Only functions that were not compiled before are counted in full: create the counter before you import them. */
  constructor() {
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** The number of steps of `work`, which must be synchronous. */
  count(work: () => void): number {
    this.blocks();
    this.native = 0;
    this.known.clear();
    const restore = this.patches().reverse();
    try {
      work();
    } finally {
      for (const undo of restore) undo();
    }
    return this.blocks() + this.native;
  }

  dispose(): void {
    this.session.disconnect();
  }

  /** Executions since the last call. */
  private blocks(): number {
    let count = 0;
    this.session.post('Profiler.takePreciseCoverage', (_error, coverage) => {
      count = coverage.result
        .filter(({ url }) => !isOwn(url))
        .reduce((sum, script) => sum + blocksOf(script), 0);
    });
    return count;
  }

  /** Makes methods of V8 add to the count. @returns functions that undo it. */
  private patches(): (() => void)[] {
    const passed = (text: string, from: number, found: number) =>
      found < 0 ? Math.max(0, text.length - from) : Math.max(0, found - from);
    return [
      this.patch(String.prototype, 'indexOf', (text, [, from], found) =>
        passed(String(text), Number(from ?? 0), Number(found)),
      ),
      ...(['slice', 'substring', 'startsWith', 'endsWith'] as const).map((name) =>
        this.patch(String.prototype, name, () => 0),
      ),
      this.patch(String.prototype, 'includes', (text) => String(text).length),
      this.patch(String.prototype, 'lastIndexOf', (text, [, from], found) =>
        Math.max(0, Math.min(String(text).length, Number(from ?? Infinity)) - Number(found)),
      ),
      ...(['trim', 'trimStart', 'trimEnd'] as const).map((name) =>
        this.patch(String.prototype, name, (text, _, result) => String(text).length - String(result).length),
      ),
      ...(['toLowerCase', 'toUpperCase', 'normalize'] as const).map((name) =>
        this.patch(String.prototype, name, (text) => String(text).length),
      ),
      this.patch(RegExp.prototype, 'exec', (pattern, [text], match, from) =>
        charactersOf(pattern as RegExp, String(text), match as RegExpExecArray | null, from),
      ),
      this.patch(Array.prototype, 'splice', (list, [start]) => {
        const { length } = list as readonly unknown[];
        return Math.max(0, length - Number(start)) / movesPerStep;
      }),
      ...(['shift', 'unshift', 'includes', 'indexOf', 'lastIndexOf'] as const).map((name) =>
        this.patch(Array.prototype, name, (list) => (list as readonly unknown[]).length / movesPerStep),
      ),
    ];
  }

  private patch(
    prototype: object,
    name: string,
    steps: (receiver: unknown, args: readonly unknown[], result: unknown, lastIndex: number) => number,
  ): () => void {
    const original = Reflect.get(prototype, name) as Method;
    const add = (count: number) => {
      this.native += count;
    };
    const join = (text: unknown): number => {
      if (typeof text !== 'string' || text.length < longString || this.known.has(text)) return 0;
      this.known.add(text);
      return text.length;
    };
    const counted: Method = function (...args) {
      const lastIndex = this instanceof RegExp ? this.lastIndex : 0;
      const result = original.apply(this, args);
      add(steps(this, args, result, lastIndex) + join(this instanceof RegExp ? args[0] : this));
      return result;
    };
    Object.defineProperty(prototype, name, { value: counted, configurable: true, writable: true });
    return () =>
      Object.defineProperty(prototype, name, { value: original, configurable: true, writable: true });
  }
}

function isOwn(url: string): boolean {
  return url === '' || url.startsWith('node:') || url.includes('workCounter');
}

function blocksOf(script: Profiler.ScriptCoverage): number {
  let count = 0;
  for (const { ranges } of script.functions) for (const range of ranges) count += range.count;
  return count;
}

/** The characters that a match passes at least. A match that is bound to one place and fails passes few. */
function charactersOf(
  pattern: RegExp,
  text: string,
  match: RegExpExecArray | null,
  lastIndex: number,
): number {
  const from = pattern.global || pattern.sticky ? lastIndex : 0;
  if (match) return match.index + match[0].length - from;
  const isBound = pattern.sticky || (pattern.source.startsWith('^') && !pattern.multiline);
  return isBound ? 1 : Math.max(0, text.length - from);
}
