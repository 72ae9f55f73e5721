import * as path from 'node:path';
import { nameInGzip } from '../runtime/documents/gzip';

/** The file's name without folder and extension. */
export function baseName(file: string): string {
  return file === standardInput ? 'stdin' : path.parse(nameInGzip(file)).name;
}

/** The argument that stands for standard input. */
export const standardInput = '-';

/** A document as messages name it. */
export function shownName(path: string): string {
  return path === standardInput ? 'standard input' : path;
}
