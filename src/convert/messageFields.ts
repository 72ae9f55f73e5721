/** Walks the messages of a protocol buffer where they lie: what is not asked for is passed over unread. */

/** Bytes by their place, in memory (a `Uint8Array` is one) or in a file. */
export type ByteSource = Pick<Uint8Array, 'length'> & {
  /** @returns the bytes `[start, end)`, which lie within the length. */
  subarray(start: number, end: number): Uint8Array;
};

/** The bytes `[start, end)` of a source. */
export interface Part {
  readonly source: ByteSource;
  readonly start: number;
  readonly end: number;
}

const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
const maxVarintBytes = 10;

/** No name or path is longer. */
const maxTextBytes = 1 << 16;

export function wholeOf(source: ByteSource): Part {
  return { source, start: 0, end: source.length };
}

/**
 * The fields of a message that hold bytes (text, messages, tensors), each with its number; the others are passed over.
 * @throws {Error} where it is no message.
 */
export function* fieldsOf({ source, start, end }: Part): Generator<readonly [field: number, value: Part]> {
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
      if (at > end) throw cutOff();
      yield [Math.floor(tag.value / 8), { source, start: length.end, end: at }];
    } else throw new Error('no protocol buffer');
    if (at > end) throw cutOff();
  }
}

/** @throws {Error} for a text that is longer than a name can be. */
export function textOf({ source, start, end }: Part): string {
  if (end - start > maxTextBytes) throw new Error('a name without end');
  return new TextDecoder().decode(source.subarray(start, end));
}

/** Beyond 2⁵³ inexact, which is past the end of any file. */
function varint(source: ByteSource, start: number, end: number): { value: number; end: number } {
  const bytes = source.subarray(start, Math.min(end, start + maxVarintBytes));
  let value = 0;
  for (const [index, byte] of bytes.entries()) {
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  throw cutOff();
}

function cutOff(): Error {
  return new Error('cut off');
}
