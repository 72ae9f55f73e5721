import type { Span } from '../types';

const escapes = /(?:\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2})|\\u[\da-fA-F]{4}|\\[^]/g;

interface JsonStringReader {
  /** Reads the characters between two escapes. */
  readonly text: (start: number, end: number) => void;
  /** Reads the escape at `[start, end)`, which stands for `decoded`. */
  readonly escape: (decoded: string, start: number, end: number) => void;
}

/** Reads source `[start, end)`, the content of a JSON string. */
export function readJsonString(
  source: string,
  { start, end }: Span,
  { text, escape }: JsonStringReader,
): void {
  let from = start;
  for (const match of source.slice(start, end).matchAll(escapes)) {
    const at = start + match.index;
    text(from, at);
    from = at + match[0].length;
    escape(unescaped(match[0]), at, from);
  }
  text(from, end);
}

function unescaped(escape: string): string {
  const codes = [...escape.matchAll(/u([\da-fA-F]{4})/g)].map((match) => Number.parseInt(match[1] ?? '', 16));
  if (codes.length > 0) return String.fromCharCode(...codes);
  const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
  const letter = escape.slice(1);
  return letters[letter] ?? letter;
}
