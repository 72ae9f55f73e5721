/** Sentences with a pair of mentions and the cues that bear on it, and how well they are found. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createCueFinder } from '../../src/core/text/cues';
import type { Span } from '../../src/core/types';

export type CueName = 'negated' | 'speculated';

export interface CueSentence {
  readonly text: string;
  readonly subject: Span;
  readonly object: Span;
  /** The words of the cue. */
  readonly expected: Readonly<Partial<Record<CueName, string>>>;
}

export interface CueScore {
  readonly right: number;
  readonly told: number;
  readonly gold: number;
  /** In percent. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** @param folder `test/fixtures/cues`. */
export function readCueSentences(
  folder: string,
  name: 'development' | 'scopes' | 'held' | 'held-scopes',
): CueSentence[] {
  const lines = fs.readFileSync(path.join(folder, `${name}.txt`), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map(readLine);
}

function readLine(line: string): CueSentence {
  const [marked = '', negated = '-', speculated = '-'] = line.split('\t');
  const places: Record<string, Span> = {};
  let text = '';
  for (const part of marked.split(/(\[[^\]]*\]|\{[^}]*\})/u)) {
    const bracket = /^[[{]/u.test(part) ? part.charAt(0) : '';
    const plain = bracket === '' ? part : part.slice(1, -1);
    if (bracket !== '') places[bracket] = { start: text.length, end: text.length + plain.length };
    text += plain;
  }
  const [subject, object] = [places['['], places['{']];
  if (!subject || !object) throw new Error(`No pair of mentions in: ${line}`);
  return {
    text,
    subject,
    object,
    expected: {
      ...(negated === '-' ? {} : { negated }),
      ...(speculated === '-' ? {} : { speculated }),
    },
  };
}

/** Sentences in which what was found is another than what is expected. */
export function mistakesIn(sentences: readonly CueSentence[], name: CueName): string[] {
  return sentences.flatMap((sentence) => {
    const found = foundIn(sentence)[name];
    const expected = sentence.expected[name];
    return isRight(found, expected)
      ? []
      : [`${name}: ${found ?? '-'} for ${expected ?? '-'}: ${sentence.text}`];
  });
}

/** A cue counts as found where its words overlap those expected. */
export function scoreOf(sentences: readonly CueSentence[], name: CueName): CueScore {
  let [right, told, gold] = [0, 0, 0];
  for (const sentence of sentences) {
    const found = foundIn(sentence)[name];
    const expected = sentence.expected[name];
    told += found === undefined ? 0 : 1;
    gold += expected === undefined ? 0 : 1;
    right += found !== undefined && isRight(found, expected) ? 1 : 0;
  }
  const percent = (part: number, whole: number) => (whole === 0 ? 0 : (100 * part) / whole);
  const f1 = percent(2 * right, told + gold);
  return { right, told, gold, precision: percent(right, told), recall: percent(right, gold), f1 };
}

function isRight(found: string | undefined, expected: string | undefined): boolean {
  if (found === undefined || expected === undefined) return found === expected;
  const [a, b] = [found.toLowerCase(), expected.toLowerCase()];
  return a.includes(b) || b.includes(a);
}

function foundIn({ text, subject, object }: CueSentence): Partial<Record<CueName, string>> {
  const { negated, speculated } = createCueFinder(text)(subject, object);
  return {
    ...(negated && { negated: text.slice(negated.start, negated.end) }),
    ...(speculated && { speculated: text.slice(speculated.start, speculated.end) }),
  };
}
