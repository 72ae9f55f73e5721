import { brackets, dashes, isClosing } from '../characters';
import { isShippedType } from './entityTypes';
import type { EntityType, Span } from '../types';

/**
 * Moves the bounds of decoded spans so that each is a whole name. A tagger labels words one by one, so that it may take
 * a bracket without its counterpart, a comma, a conjunction at the end, or nothing but a hyphen.
 *
 * A bracket that is closed or opened beside the span is a part of the name if it is attached to it, as in
 * `poly(lactic acid` and `)`. Otherwise the span is cut at the bracket, as in `TLR2, 4)`.
 */

interface TypedSpan extends Span {
  readonly type: EntityType;
  readonly probability: number;
}

/**
 * Gives spans the bounds of whole names, and removes spans that contain no letter or digit.
 *
 * @param spans Spans of `text`, sorted, without overlaps.
 */
export function boundNames<T extends TypedSpan>(spans: readonly T[], text: string): T[] {
  const names: T[] = [];
  for (const [index, span] of spans.entries()) {
    const before = names.at(-1);
    const limits = { start: before?.end ?? 0, end: spans[index + 1]?.start ?? text.length };
    const { start, end } = boundName(span, text, limits);
    if (!isName(text.slice(start, end), span.type)) continue;
    if (!before || before.end !== start || !continues(span, before, text.charAt(start)))
      names.push(start === span.start && end === span.end ? span : { ...span, start, end });
    else {
      const probability = Math.min(before.probability, span.probability);
      names[names.length - 1] = { ...before, end, probability };
    }
  }
  return names;
}

/** Whether a span goes on with the name directly before it: `(2-chloroethyl) phosphate` behind `tris`. */
function continues(span: TypedSpan, before: TypedSpan, first: string): boolean {
  // An improbable span must not make the name before it improbable.
  return isOpening(first) && span.type === before.type && 2 * span.probability >= before.probability;
}

/** A label of a compound in a paper, such as `3a` or `4b–d`, is no name. */
const compoundLabel = new RegExp(String.raw`^\d{1,3}[a-z](?:[${dashes}]\d{0,3}[a-z])?$`, 'u');

function isName(text: string, type: EntityType): boolean {
  return /[\p{L}\p{N}]/u.test(text) && !(type === 'Chemical' && compoundLabel.test(text));
}

/** @param limits The span may grow within them. */
function boundName(span: TypedSpan, text: string, limits: Span): Span {
  const balanced = balance(trim(span, text, span.type), text, limits);
  const { start, end } = trim(balanced, text, span.type);
  return { start, end: end + chargeBehind(text, { start, end }, span.type, limits.end) };
}

/** Maximum number of characters to cut at each end; longer runs of punctuation do not occur in names. */
const maxCut = 40;

const cutBefore = /^[\s,;:.!?/|)\]}"“”„‟«»‹›]+/u;
const cutBehind = /[\s,;:!?/|([{"“”„‟«»‹›]+$/u;
/** Small words that neither end nor begin a name. */
const wordBehind = /\s+(?:and|and\/or|by|for|from|in|of|or|the|to|with)$/u;
const wordBefore = /^(?:and|by|for|from|of|or|the|to|with)\s+/u;
const dashBehind = new RegExp(`[${dashes}]+$`, 'u');
/** An ion such as `Cl-` or `HCO3-`, whose minus sign is a part of its name. */
const anion = new RegExp(String.raw`^(?:[A-Z][a-z]?|\d|[()[\]·•])+[${dashes}]$`, 'u');

/** Cuts punctuation at both ends. A dash behind a name stays if it is the charge of an ion. */
function trim(span: Span, text: string, type: EntityType): Span {
  let { start, end } = span;
  start += lengthOf(cutBefore, text.slice(start, Math.min(end, start + maxCut)));
  if (isShippedType(type)) start += lengthOf(wordBefore, text.slice(start, Math.min(end, start + maxCut)));
  for (let last = -1; last !== end;) {
    last = end;
    const tail = text.slice(Math.max(start, end - maxCut), end);
    end -= lengthOf(cutBehind, tail);
    if (isShippedType(type)) end -= lengthOf(wordBehind, text.slice(Math.max(start, end - maxCut), end));
    const isIon = type === 'Chemical' && anion.test(text.slice(start, end));
    if (!isIon) end -= lengthOf(dashBehind, text.slice(Math.max(start, end - maxCut), end));
  }
  return { start, end };
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}

/** The charge of a metal ion that the tagger left out: the `+` of `Ca2+`. */
function chargeBehind(text: string, { start, end }: Span, type: EntityType, limit: number): number {
  if (type !== 'Chemical' || end - start > 4 || end >= limit) return 0;
  const isMetal = /^(?:Ag|Al|Ba|Ca|Cd|Co|Cr|Cu|Fe|Hg|K|Li|Mg|Mn|Na|Ni|Pb|Rb|Sr|Zn)[1-3]?$/.test(
    text.slice(start, end),
  );
  return isMetal && /^\+(?![\p{L}\p{N}])/u.test(text.slice(end, end + 3)) ? 1 : 0;
}

interface Unmatched {
  /** Offsets of closing brackets without an opening one, ascending. */
  readonly closing: readonly number[];
  /** Offsets of opening brackets without a closing one, ascending. */
  readonly opening: readonly number[];
}

function unmatchedIn(text: string, { start, end }: Span): Unmatched {
  const closing: number[] = [];
  const opening: number[] = [];
  for (let at = start; at < end; at += 1) {
    const character = text.charAt(at);
    if (isOpening(character)) opening.push(at);
    else if (!isClosing(character)) continue;
    else if (brackets.get(text.charAt(opening.at(-1) ?? -1)) === character) opening.pop();
    else closing.push(at);
  }
  return { closing, opening };
}

/** Adds the counterparts of unmatched brackets, or cuts the span at these brackets. */
function balance(span: Span, text: string, limits: Span): Span {
  const { closing, opening } = unmatchedIn(text, span);
  const lastClosing = closing.at(-1);
  const lastOpening = opening.at(-1);
  if (lastClosing !== undefined) {
    const start = closing.length === 1 ? openerBefore(text, span, limits.start, lastClosing) : undefined;
    return start === undefined ? cutAt(span, lastClosing, text) : balance({ ...span, start }, text, limits);
  }
  if (lastOpening === undefined) return span;
  const end = closerBehind(text, span, limits.end, lastOpening);
  return end === undefined ? cutAt(span, lastOpening, text) : balance({ ...span, end }, text, limits);
}

/** Keeps the longer side of a bracket that has no counterpart. */
function cutAt(span: Span, at: number, text: string): Span {
  const before = { start: span.start, end: at };
  const behind = { start: at + 1, end: span.end };
  const kept = at - span.start >= span.end - at - 1 ? before : behind;
  return balance(kept, text, kept);
}

/** Maximum distance of a bracket from the span that lacks it. */
const maxReach = 60;

/** The rest of a word up to a closing bracket, and what is attached to the bracket: `)3` behind `Al(OH`. */
const wordEnds: ReadonlyMap<string, RegExp> = new Map(
  Array.from(brackets, ([opener, closer]) => {
    const pattern = String.raw`^[^\s()[\]{},;]*` + `\\${closer}` + String.raw`[\p{L}\p{N}]*`;
    return [opener, new RegExp(pattern, 'u')];
  }),
);

/** The end of the word that closes a bracket of the span. The bracket must be attached to the word in front of it. */
function closerBehind(text: string, span: Span, limit: number, opener: number): number | undefined {
  if (opener === span.start || /\s/u.test(text.charAt(opener - 1))) return undefined;
  const rest = text.slice(span.end, Math.min(limit, span.end + maxReach));
  const found = wordEnds.get(text.charAt(opener))?.exec(rest)?.[0].length;
  return found === undefined ? undefined : span.end + found;
}

/**
 * The place of the opening bracket directly in front of the span, or of the word that it is attached to. The closing
 * bracket must be inside the name: a name that ends before it stands in brackets itself.
 */
function openerBefore(text: string, span: Span, limit: number, closer: number): number | undefined {
  const at = span.start - 1;
  if (at < limit || closer === span.end - 1 || brackets.get(text.charAt(at)) !== text.charAt(closer))
    return undefined;
  const word = /[\p{L}\p{N}'′,-]*$/u.exec(text.slice(Math.max(limit, at - maxReach), at))?.[0] ?? '';
  return word === '' && /\s/u.test(text.charAt(closer + 1)) ? undefined : at - word.length;
}

function isOpening(character: string): boolean {
  return brackets.has(character);
}
