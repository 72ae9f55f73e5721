/** Returns a function that appends `-2`, `-3` … to a name that it has returned before. */
export function uniqueNames(): (name: string) => string {
  const usedNames = new Set<string>();
  const counts = new Map<string, number>();
  return (name) => {
    let count = counts.get(name) ?? 1;
    let unique = count === 1 ? name : `${name}-${count}`;
    while (usedNames.has(unique)) unique = `${name}-${++count}`;
    usedNames.add(unique);
    counts.set(name, count + 1);
    return unique;
  };
}
