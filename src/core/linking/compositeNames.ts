/**
 * Ways to read a name as several names, the likeliest first: `breast and ovarian cancer` → breast cancer, ovarian cancer;
 * `ERK1/2` → ERK1, ERK2; `hypo- and hyperthyroidism`.
 */
export function* parsedParts(name: string): Generator<readonly string[]> {
  const numbered = /^(.*?\p{L})-?(\d+)(?:\s?(?:\/|,|and|or)\s?-?(\d+))+$/u.exec(name);
  if (numbered) {
    const stem = numbered[1] ?? '';
    const numbers = name.slice(stem.length).match(/\d+/g) ?? [];
    yield numbers.map((number) => `${stem}${number}`);
  }
  const parts = name
    .split(/\s*(?:,\s*(?:and|or)\s|\s(?:and|or|and\/or)\s|\s?\/\s?|,\s)\s*/u)
    .filter((part) => part !== '');
  if (parts.length < 2 || parts.length > maxParts) return;
  const last = parts.at(-1) ?? '';
  const words = last.split(/\s+/u);
  // The head of the last part belongs to the others too: one word, or more.
  for (let size = 1; size < words.length; size += 1) {
    const head = words.slice(words.length - size).join(' ');
    yield parts.map((part, i) => (i === parts.length - 1 ? part : `${part} ${head}`));
  }
  const hyphenated = parts.map((part) => part.replace(/-$/u, ''));
  if (hyphenated.some((part, i) => part !== parts[i])) yield* withSharedEnd(hyphenated, last);
  const lead = parts[0]?.split(/\s+/u) ?? [];
  for (let size = lead.length - 1; size > 0; size -= 1)
    yield parts.map((part, i) => (i === 0 ? part : `${lead.slice(0, size).join(' ')} ${part}`));
  yield parts;
}

const maxParts = 6;

/** `hypo` and `hyperthyroidism` share `thyroidism`: every end of the last part is tried, the longest first. */
function* withSharedEnd(parts: readonly string[], last: string): Generator<readonly string[]> {
  for (let at = 2; at < last.length - 2; at += 1)
    yield parts.map((part, i) => (i === parts.length - 1 ? part : part + last.slice(at)));
}
