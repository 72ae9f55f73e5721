/**
 * Returns a function that gives the line of an offset, counted from 1.
 *
 * The function continues from the previous offset. Offsets in rising order therefore cost one pass over the text;
 * a smaller offset makes it start again at the beginning.
 */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    if (offset < at) {
      line = 1;
      at = 0;
    }
    for (; at < offset; at++) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line++;
    }
    return line;
  };
}
