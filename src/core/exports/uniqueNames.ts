import { copyString } from '../text/copyString';

/** Returns a function that appends `-2`, `-3` … to a name that it has returned before. */
export function uniqueNames(): (name: string) => string {
  const usedNames = new Set<string>();
  const counts = new Map<string, number>();
  return (given) => {
    // An identifier is often a slice of its file, whose whole text it would keep in memory until the export ends.
    const name = copyString(given);
    let count = counts.get(name) ?? 1;
    let unique = count === 1 ? name : `${name}-${count}`;
    while (usedNames.has(unique)) unique = `${name}-${++count}`;
    usedNames.add(unique);
    counts.set(name, count + 1);
    return unique;
  };
}
