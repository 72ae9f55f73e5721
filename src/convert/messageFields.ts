/** Reads fields of protocol buffer messages in place; fields that are not needed are skipped without reading them. */

/** Random access to bytes in memory (such as a `Uint8Array`) or in a file. */
export type ByteSource = Pick<Uint8Array, 'length'> & {
  /** @returns the bytes `[start, end)`; the range must be within the length. */
  subarray(start: number, end: number): Uint8Array;
};

/** The bytes `[start, end)` of a source. */
export interface ByteRange {
  readonly source: ByteSource;
  readonly start: number;
  readonly end: number;
}

const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
const maxVarintBytes = 10;

/** Maximum length of a name or path, in bytes. */
const maxTextBytes = 1 << 16;

export function wholeRange(source: ByteSource): ByteRange {
  return { source, start: 0, end: source.length };
}

/**
 * The fields of a message that contain bytes (text, messages, tensors), each with its number; other fields are
 * skipped.
 * @throws {Error} if it is not a message.
 */
export function* fieldsOf({
  source,
  start,
  end,
}: ByteRange): Generator<readonly [field: number, value: ByteRange]> {
  for (let at = start; at < end;) {
    const tag = varint(source, at, end);
    const type = tag.value % 8;
    at = tag.end;
    if (type === wire.varint) at = varint(source, at, end).end;
    else if (type === wire.fixed64) at += 8;
    else if (type === wire.fixed32) at += 4;
    else if (type === wire.bytes) {
      const length = varint(source, at, end);
      at = length.end + length.value;
      if (at > end) throw truncated();
      yield [Math.floor(tag.value / 8), { source, start: length.end, end: at }];
    } else throw new Error('no protocol buffer');
    if (at > end) throw truncated();
  }
}

/** @throws {Error} if the text is longer than a name can be. */
export function textOf({ source, start, end }: ByteRange): string {
  if (end - start > maxTextBytes) throw new Error('a name without end');
  return new TextDecoder().decode(source.subarray(start, end));
}

/** Reads a variable-length integer. Values above 2⁵³ are inexact, but these are beyond the end of any file. */
function varint(source: ByteSource, start: number, end: number): { value: number; end: number } {
  const bytes = source.subarray(start, Math.min(end, start + maxVarintBytes));
  let value = 0;
  for (const [index, byte] of bytes.entries()) {
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  throw truncated();
}

function truncated(): Error {
  return new Error('cut off');
}
