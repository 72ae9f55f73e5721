import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type MarkedSentence, readMarkedSentences } from '../evaluation/markedSentences';

export const root = path.join(import.meta.dirname, '../..');
export const modelPath = path.join(root, 'models/tagger');

/** The marked sentences of a file in this folder. */
export function readGold(file: string): readonly MarkedSentence[] {
  return readMarkedSentences(readFileSync(path.join(import.meta.dirname, file), 'utf8'));
}

/** Throws an error with the command that restores the file, because a test without its model would test nothing. */
export function requireFile(file: string, command: string): void {
  if (!existsSync(path.join(root, file))) throw new Error(`There is no ${file}. Run: ${command}`);
}
