/**
 * Returns short names for files: the file name, with parent folders only as far as needed to distinguish two files.
 *
 * @param paths Paths with forward slashes, without repeats.
 */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  let open = paths.map((path) => ({ path, parts: path.split('/') }));
  for (let length = 1; open.length > 0; length++) {
    const byName = new Map<string, typeof open>();
    for (const each of open) {
      const name = each.parts.slice(-length).join('/');
      byName.set(name, [...(byName.get(name) ?? []), each]);
    }
    open = [];
    for (const [name, group] of byName) {
      const isLast = group.every(({ parts }) => parts.length <= length);
      if (group.length === 1 || isLast) for (const { path } of group) names.set(path, name);
      else open.push(...group);
    }
  }
  return names;
}
