/**
 * Texts that a spreadsheet may take for a formula (OWASP, "CSV Injection"): a sign at the beginning, as an ordinary or a
 * full-width character, also after blanks, line breaks and invisible characters, which some programs remove. Texts that
 * have an apostrophe before such a sign count too, so that {@link withoutGuard} finds the text that was written.
 */
const formulaStart = /^'*(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u;

/** Puts an apostrophe in front of a text that a spreadsheet would execute. */
export function withGuard(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

/** Whether a text begins with the apostrophe of {@link withGuard}. */
export function hasGuard(text: string): boolean {
  return text.startsWith("'") && formulaStart.test(text.slice(1));
}

/** Removes the apostrophe of {@link withGuard}. */
export function withoutGuard(text: string): string {
  return hasGuard(text) ? text.slice(1) : text;
}
