import { withoutControls } from './windows1252';

/** The text of a file's bytes, without its byte order mark. */
export interface DecodedBytes {
  readonly text: string;
  /** Number of stretches of bytes that the encoding does not know; U+FFFD stands for each in `text`. */
  readonly unreadable: number;
  /** The label of the encoding in the WHATWG Encoding standard. */
  readonly encoding: string;
}

/** Number of bytes in which zeros are looked for. VS Code looks at as many. */
const zeroSample = 512;

/**
 * Decodes a file. A byte order mark decides; else `encoding`, if it is given. Otherwise the file is UTF-16 if every second
 * byte at its beginning is zero, as VS Code detects it (src/vs/workbench/services/textfile/common/encoding.ts); UTF-8 if
 * it is valid UTF-8; and Windows-1252 if it has more characters of that encoding than of UTF-8. Bytes that do not decode
 * become U+FFFD, so that a stray byte costs nothing but itself.
 *
 * @param encoding A label of the WHATWG Encoding standard.
 */
export function decodeBytes(bytes: Uint8Array, encoding?: string): DecodedBytes {
  const chosen = byteOrderMark(bytes) ?? encoding ?? utf16WithoutMark(bytes);
  if (chosen !== undefined) return decode(bytes, chosen);
  const text = decode(bytes, 'utf-8');
  return text.unreadable > 0 && isWindows1252(text) ? decode(bytes, 'windows-1252') : text;
}

export function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

function decode(bytes: Uint8Array, encoding: string): DecodedBytes {
  const decoder = new TextDecoder(encoding);
  const decoded = decoder.decode(bytes);
  // Node 20 decodes this encoding as Latin-1 (https://github.com/nodejs/node/issues/56542).
  const text = decoder.encoding === 'windows-1252' ? withoutControls(decoded) : decoded;
  return { text, unreadable: text.split('\uFFFD').length - 1, encoding };
}

function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** Latin letters in UTF-16 have a zero as their second byte, or as their first if the byte order is the other one. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, zeroSample);
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const pairs = Math.floor(sample.length / 2);
  if (pairs === 0) return undefined;
  if (odd > pairs * minZeroShare && even * 20 < odd) return 'utf-16le';
  return even > pairs * minZeroShare && odd * 20 < even ? 'utf-16be' : undefined;
}

/** Greek and other letters have no zero byte, but most characters of an export are Latin letters and blanks. */
const minZeroShare = 0.5;

/** Whether a text that was decoded as UTF-8 has more undecoded bytes than characters beyond ASCII. */
function isWindows1252({ text, unreadable }: DecodedBytes): boolean {
  let others = 0;
  let controls = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 127 && code !== 0xfffd) others += 1;
    else if (code < 9 || (code > 13 && code < 32)) controls += 1;
  }
  // A binary file is no text in any encoding.
  return unreadable > others && controls === 0;
}
