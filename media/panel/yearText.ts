/** @returns the year that a typed text states; undefined for an empty text, null for a text that is not a year or not finished. */
export function yearOf(text: string): number | undefined | null {
  const typed = text.trim();
  if (typed === '') return undefined;
  return /^(?:1[5-9]|2[01])\d\d$/.test(typed) ? Number(typed) : null;
}
