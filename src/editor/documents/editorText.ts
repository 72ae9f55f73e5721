import { decodeBytes } from '../../core/text/decodeBytes';

/**
 * Decodes a file as VS Code does: it removes the byte order mark and makes mixed line ends equal. Offsets in the result
 * are therefore valid in the document when the file is opened later. Of a file in Windows-1252, VS Code shows U+FFFD where
 * the result has the letter; the offsets are the same.
 * (VS Code: src/vs/editor/common/model/pieceTreeTextBuffer/pieceTreeTextBufferBuilder.ts.)
 *
 * @returns undefined for a binary file, which VS Code does not open as text either.
 */
export function editorText(bytes: Uint8Array): string | undefined {
  const { text, encoding } = decodeBytes(bytes);
  if (!encoding.startsWith('utf-16') && looksBinary(bytes)) return undefined;
  return normalizeLineEnds(text);
}

/** VS Code uses the same rule: a zero byte among the first 512. */
function looksBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).includes(0);
}

function normalizeLineEnds(text: string): string {
  let windows = 0;
  let unix = 0;
  let old = 0;
  for (let at = text.search(/[\r\n]/); at >= 0 && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) unix++;
    else if (code !== 13) continue;
    else if (text.charCodeAt(at + 1) !== 10) old++;
    else {
      windows++;
      at++;
    }
  }
  const total = windows + unix + old;
  const useWindows = windows > total / 2;
  const mixed = useWindows ? unix + old > 0 : windows + old > 0;
  return mixed ? text.replace(/\r\n|\r|\n/g, useWindows ? '\r\n' : '\n') : text;
}
