import * as path from 'node:path';
import { standardInput } from './inputs';

/** The file's name without folder and extension. */
export function baseName(file: string): string {
  return file === standardInput ? 'stdin' : path.parse(file).name;
}

/** Appends `-2`, `-3` … to a name that was given out before. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    let unique = name;
    for (let count = 2; given.has(unique); count += 1) unique = `${name}-${count}`;
    given.add(unique);
    return unique;
  };
}
