import { dashes } from '../characters';
import type { ConsistentSpan } from './consistency';
import { enumeratedNames } from './enumerations';

/** A tag, with its name if the text of the span is only a part of the name. */
export interface NamedTag extends ConsistentSpan {
  readonly name?: string | undefined;
}

/**
 * Splits each tag that enumerates names into one tag a name: see {@link enumeratedNames}. Parts that the tagger left out
 * or tagged by themselves, as in `HLA-DPA1, -DPB1`, belong to the enumeration too.
 *
 * This is the last stage, after all others have seen the tags as corpora annotate them.
 *
 * @param spans Tags of `text`, sorted, without overlaps.
 * @returns tags that are sorted and without overlaps.
 */
export function splitEnumerations(spans: readonly ConsistentSpan[], text: string): NamedTag[] {
  const tags: NamedTag[] = [];
  for (let index = 0; index < spans.length;) {
    const span = spans[index];
    if (!span) break;
    const { end, count } = extentOf(spans, index, text);
    const own = spans.slice(index, index + count);
    const parts = enumeratedNames(text.slice(span.start, end), span.type);
    if (parts === undefined) {
      tags.push(span);
      index += 1;
      continue;
    }
    for (const part of parts) {
      const place = { start: span.start + part.start, end: span.start + part.end };
      const tagged = own.find((each) => each.start < place.end && place.start < each.end);
      const { type, probability, isInferred } = tagged ?? { ...span, isInferred: true as const };
      tags.push({ ...place, type, probability, name: part.name, ...(isInferred && { isInferred }) });
    }
    index += own.length;
  }
  return tags;
}

const joint = String.raw`(?:\s*,\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+|\/)`;
const behind = String.raw`(?![\p{L}\p{N}${dashes}°%]|\s?[°%])`;
/** A part of an enumeration behind a name: `, -6`, `and -DQB1`. */
const dashItem = new RegExp(`${joint}([${dashes}][\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,8})${behind}`, 'uy');
/** A part that can hardly be anything else, so that it need not be tagged. */
const clearItem = new RegExp(`^[${dashes}](?:\\d{1,3}[\\p{L}]?|[α-ω]\\d?)$`, 'u');
const codeItem = new RegExp(`${joint}([A-Z]\\d{1,3})${behind}`, 'uy');
const beginsCodes = /\p{Ll}s\s([A-Z])\d{1,3}$/u;
const beginsDashes = new RegExp(`[${dashes}][\\p{L}\\p{N}]{1,9}$|[\\p{L}\\p{N}][α-ω]\\d?$`, 'u');

interface Extent {
  readonly end: number;
  /** Number of tags. */
  readonly count: number;
}

/** The extent of the enumeration that begins with a tag: that of the tag, or also of the parts behind it. */
function extentOf(spans: readonly ConsistentSpan[], index: number, text: string): Extent {
  const { start, end, type } = spans[index] ?? { start: 0, end: 0, type: '' };
  const mention = text.slice(Math.max(start, end - 40), end);
  const letter = beginsCodes.exec(mention)?.[1];
  if (letter === undefined && !beginsDashes.test(mention)) return { end, count: 1 };
  const item = letter === undefined ? dashItem : codeItem;
  let last = end;
  for (let next = index + 1; ;) {
    item.lastIndex = last;
    const [found = '', part = ''] = item.exec(text) ?? [];
    if (found === '') return { end: last, count: next - index };
    const itemEnd = last + found.length;
    const itemStart = itemEnd - part.length;
    const tag = spans[next];
    const isOverlapping = tag !== undefined && tag.start < itemEnd;
    const isPart =
      tag?.type === type && tag.end === itemEnd && tag.start - itemStart <= 1 && tag.start >= itemStart;
    const isClear = letter === undefined ? clearItem.test(part) : part.startsWith(letter);
    if (isOverlapping ? !isPart : !isClear) return { end: last, count: next - index };
    if (isOverlapping) next += 1;
    last = itemEnd;
  }
}
