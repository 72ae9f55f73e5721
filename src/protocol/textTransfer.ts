/**
 * Large texts cross the border once. Each version of a document is sent as one splice of the version before it,
 * in parts that are small enough not to hold either event loop.
 */
import { isBoolean, isCount, isShape, isString } from './guards';

/** One part of: version `id` is version `base` with `[start, start + removed)` replaced by the parts, joined. */
export interface TextPart {
  readonly document: string;
  readonly id: number;
  /** 0: the empty text. */
  readonly base: number;
  readonly start: number;
  readonly removed: number;
  readonly text: string;
  readonly last: boolean;
}

export const isTextPart = isShape<TextPart>({
  document: isString,
  id: isCount,
  base: isCount,
  start: isCount,
  removed: isCount,
  text: isString,
  last: isBoolean,
});

interface Version {
  readonly id: number;
  readonly text: string;
}

/** Documents whose text is kept; the receiver keeps more, so that what the sender knows of is mostly there. */
const keptBySender = 6;
const keptByReceiver = 8;

/** Characters of a part: about a millisecond of copying. */
const partLength = 1 << 18;

/** The end that has the texts. One for each connection. */
export class TextSender {
  private nextId = 1;
  private readonly sent = new Map<string, Version>();

  /** @returns the number that names this text from now on, and the parts to send first: none when it was sent before. */
  prepare(document: string, text: string): { readonly id: number; readonly parts: Iterable<TextPart> } {
    const previous = this.sent.get(document);
    const id = previous?.text === text ? previous.id : this.nextId++;
    remember(this.sent, document, { id, text }, keptBySender);
    if (id === previous?.id) return { id, parts: [] };
    return { id, parts: splitSplice(document, id, previous ?? { id: 0, text: '' }, text) };
  }

  /** The next {@link prepare} of this document sends everything. */
  forget(document: string): void {
    this.sent.delete(document);
  }
}

/** The end that is sent texts. */
export class TextReceiver {
  private readonly texts = new Map<string, Version>();
  private readonly unfinished = new Map<string, { readonly id: number; readonly parts: string[] }>();

  receive(part: TextPart): void {
    const begun = this.unfinished.get(part.document);
    const open = begun?.id === part.id ? begun : { id: part.id, parts: [] };
    open.parts.push(part.text);
    if (!part.last) {
      this.unfinished.set(part.document, open);
      return;
    }
    this.unfinished.delete(part.document);
    const base = part.base === 0 ? '' : this.textOf(part.document, part.base);
    if (base === undefined || part.start + part.removed > base.length) return;
    const text = base.slice(0, part.start) + open.parts.join('') + base.slice(part.start + part.removed);
    remember(this.texts, part.document, { id: part.id, text }, keptByReceiver);
  }

  /** @returns `undefined` when this version never arrived or was dropped for others: the sender has to send it again. */
  textOf(document: string, id: number): string | undefined {
    const version = this.texts.get(document);
    return version?.id === id ? version.text : undefined;
  }

  forget(document: string): void {
    this.texts.delete(document);
    this.unfinished.delete(document);
  }
}

function* splitSplice(document: string, id: number, base: Version, text: string): Generator<TextPart> {
  const start = commonStart(base.text, text);
  const limit = Math.min(base.text.length, text.length) - start;
  const kept = commonEnd(base.text, text, limit);
  const removed = base.text.length - kept - start;
  const end = text.length - kept;
  let from = start;
  do {
    const to = Math.min(from + partLength, end);
    yield { document, id, base: base.id, start, removed, text: text.slice(from, to), last: to === end };
    from = to;
  } while (from < end);
}

/** Length of the longest common beginning. Halving keeps the comparing in native code: a megabyte takes well under a millisecond. */
export function commonStart(a: string, b: string): number {
  let low = 0;
  let high = Math.min(a.length, b.length);
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (a.slice(low, middle) === b.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Length of the longest common end, at most `limit`. */
export function commonEnd(a: string, b: string, limit: number): number {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    const same = a.slice(a.length - middle, a.length - low) === b.slice(b.length - middle, b.length - low);
    if (same) low = middle;
    else high = middle - 1;
  }
  return low;
}

function remember(versions: Map<string, Version>, document: string, version: Version, kept: number): void {
  versions.delete(document);
  versions.set(document, version);
  for (const oldest of versions.keys()) {
    if (versions.size <= kept) break;
    versions.delete(oldest);
  }
}
