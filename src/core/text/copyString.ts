/**
 * The same characters in a string of its own. V8 keeps a slice as a pointer into the string it was cut from, so
 * a long-lived map keyed by slices would keep every version of every document alive.
 */
export function ownCopy(text: string): string {
  const chunkLength = 8192;
  let copy = '';
  for (let start = 0; start < text.length; start += chunkLength) {
    const codes = new Array<number>(Math.min(chunkLength, text.length - start));
    for (let i = 0; i < codes.length; i += 1) codes[i] = text.charCodeAt(start + i);
    copy += String.fromCharCode(...codes);
  }
  return copy;
}
