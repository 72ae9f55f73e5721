const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const statements = words('let set show import include if else for while return context break continue');
const blocks =
  words(`figure table grid align block rect page columns heading list enum terms quote outline pagebreak colbreak
  v image stack pad place abstract title par circle ellipse square move rotate scale math`);
const dropped = words('cite ref raw label bibliography todo hide metadata counter');

/** Whether the code after `#name` goes on to the end of the line. */
export function isStatement(name: string): boolean {
  return statements.has(name);
}

/** Whether what the function prints is not a part of the sentence around it. */
export function isBlockFunction(name: string): boolean {
  return blocks.has(name.replace(/\..*$/, ''));
}

/** Whether nothing that the function prints is prose. */
export function isDroppedFunction(name: string): boolean {
  return dropped.has(name.replace(/\..*$/, ''));
}

/** Maximum length of arguments that are looked through for their end. */
const maxSkippedLength = 600;

/** The offset after the bracket that closes the one at `at`; undefined if it is far away. Strings are not looked at. */
export function afterBrackets(source: string, at: number): number | undefined {
  const text = source.slice(at, at + maxSkippedLength);
  let depth = 0;
  for (const match of text.matchAll(/\\[^]|[([{]|[)\]}]/g)) {
    if (match[0].startsWith('\\')) continue;
    depth += /[([{]/.test(match[0]) ? 1 : -1;
    if (depth === 0) return at + match.index + 1;
  }
  return undefined;
}
