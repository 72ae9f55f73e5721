/** The text of a file's bytes, its byte order mark left out. */
export interface DecodedText {
  readonly text: string;
  /** Stretches of bytes that the encoding does not know; U+FFFD stands for each in `text`. */
  readonly unreadable: number;
}

/**
 * Decodes a file: UTF-16 where its byte order mark says so, else `encoding`. Bytes that do not decode become U+FFFD,
 * one for one, so that a stray byte costs nothing but itself; a lone surrogate of UTF-16 becomes U+FFFD too.
 *
 * @param encoding A label of the WHATWG Encoding standard.
 */
export function decodeText(bytes: Uint8Array, encoding = 'utf-8'): DecodedText {
  const text = new TextDecoder(byteOrderMark(bytes) ?? encoding).decode(bytes);
  return { text, unreadable: text.split('\uFFFD').length - 1 };
}

function byteOrderMark([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

export function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
