/**
 * Copies a string. V8 stores a slice as a pointer into the string that it was cut from, so a long-lived map with
 * slices as keys would keep every version of every document in memory.
 */
export function copyString(text: string): string {
  const chunkLength = 8192;
  let copy = '';
  for (let start = 0; start < text.length; start += chunkLength) {
    const codes = new Array<number>(Math.min(chunkLength, text.length - start));
    for (let i = 0; i < codes.length; i += 1) codes[i] = text.charCodeAt(start + i);
    copy += String.fromCharCode(...codes);
  }
  return copy;
}
