import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Answer } from '../../src/cli/accuracy/corpus';

export const root = path.join(import.meta.dirname, '../..');
export const modelPath = path.join(root, 'models/tagger');

/** A sentence with its mentions marked `[[text|Type]]`, read. */
export interface GoldSentence {
  readonly phenomenon: string;
  readonly text: string;
  readonly mentions: readonly Answer[];
}

export function readGoldSentences(): readonly GoldSentence[] {
  const sentences: GoldSentence[] = [];
  let phenomenon = '';
  for (const line of readFileSync(path.join(import.meta.dirname, 'sentences.txt'), 'utf8').split('\n')) {
    if (line.startsWith('# ')) phenomenon = line.slice(2);
    else if (line !== '') sentences.push({ phenomenon, ...readMarked(line) });
  }
  return sentences;
}

export function readMarked(line: string): Pick<GoldSentence, 'text' | 'mentions'> {
  const mentions: Answer[] = [];
  let text = '';
  let last = 0;
  for (const match of line.matchAll(/\[\[([^|]+)\|([^\]]+)\]\]/g)) {
    const [marked, mention = '', type = ''] = match;
    text += line.slice(last, match.index);
    mentions.push({ start: text.length, end: text.length + mention.length, type });
    text += mention;
    last = match.index + marked.length;
  }
  return { text: text + line.slice(last), mentions };
}

/** Stops with the command that mends it: a test of the model that passes without the model tests nothing. */
export function requireFile(file: string, command: string): void {
  if (!existsSync(path.join(root, file))) throw new Error(`There is no ${file}. Run: ${command}`);
}
