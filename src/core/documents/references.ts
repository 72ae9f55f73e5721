import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { plainCharacters, withoutInvisible } from '../characters';
import { decodeNumericReference } from './numericReference';
import type { SegmentBuilder } from './segmentBuilder';

const reference = /&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});/g;

/** The characters that `&body;` stands for; `undefined` if it is not a character reference. */
function decodeReference(body: string): string | undefined {
  return decodeNumericReference(body) ?? (decodeNamedCharacterReference(body) || undefined);
}

/** Adds source `[start, end)` as prose, with character references decoded. */
export function proseWithReferences(
  builder: SegmentBuilder,
  source: string,
  start: number,
  end: number,
): void {
  let from = start;
  for (const match of source.slice(start, end).matchAll(reference)) {
    const at = start + match.index;
    builder.prose(from, at);
    from = at + match[0].length;
    emitReference(builder, match[1] ?? '', at, from);
  }
  builder.prose(from, end);
}

/** Adds the character reference with the name or number `body` at `[start, end)`. */
export function emitReference(builder: SegmentBuilder, body: string, start: number, end: number): void {
  const decoded = decodeReference(body);
  if (decoded === undefined) builder.prose(start, end);
  else if (/^[\s\u00A0]+$/.test(decoded)) builder.space(start, end);
  else builder.replace(plainCharacters(withoutInvisible(decoded)), start, end);
}
