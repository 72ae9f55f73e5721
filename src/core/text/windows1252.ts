/** The characters of Windows-1252 for the bytes 80 to 9F. Those without one stand for themselves, as in browsers. */
export const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Replaces the control characters of Latin-1 by the characters that Windows-1252 has in their place. */
export function withoutControls(text: string): string {
  return text.replace(/[\u0080-\u009F]/g, (character) => windows1252.charAt(character.charCodeAt(0) - 0x80));
}
