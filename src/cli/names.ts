import * as path from 'node:path';
import { standardInput } from './inputs';

/** The file's name without folder and extension. */
export function baseName(file: string): string {
  return file === standardInput ? 'stdin' : path.parse(file).name;
}
