/** Returns a function that appends `-2`, `-3` … to a name that it has returned before. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>();
  const counts = new Map<string, number>();
  return (name) => {
    let count = counts.get(name) ?? 1;
    let unique = count === 1 ? name : `${name}-${count}`;
    while (given.has(unique)) unique = `${name}-${++count}`;
    given.add(unique);
    counts.set(name, count + 1);
    return unique;
  };
}
