/** Compares a typed text with names. Without side effects. */

/**
 * How a text fits names, the best first: it is a name; a name begins with it; a name contains it. Undefined: none does.
 *
 * @param names In lower case, one a line.
 * @param text In lower case, without white space around it, not empty.
 */
export function nameRank(names: string, text: string): 0 | 1 | 2 | undefined {
  const lines = `\n${names}\n`;
  if (lines.includes(`\n${text}\n`)) return 0;
  if (lines.includes(`\n${text}`)) return 1;
  return names.includes(text) ? 2 : undefined;
}
