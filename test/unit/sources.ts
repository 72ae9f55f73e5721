import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Sources } from './layers';

export const root = path.resolve(import.meta.dirname, '../..');

/** The TypeScript files below folders of the repository. @param folders With forward slashes, `media/panel` for example. */
export function sourcesIn(...folders: readonly string[]): Sources {
  return new Map(folders.flatMap(filesIn));
}

function filesIn(folder: string): [string, string][] {
  const files = fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
    .map((file) => [file, fs.readFileSync(path.join(root, file), 'utf8')]);
}
