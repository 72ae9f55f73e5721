/**
 * Parts of a sentence that say the same of different things: `A is reversed by X, and B by Y`, `4% with A and 9% with B`,
 * `A and B rose in 3% and 5%, respectively`. What a part says does not hold for the other parts.
 */
import { bracketsIn } from '../text/brackets';
import { matchSpans } from '../text/matchSpans';
import { overlaps } from '../spanOrder';
import type { Span } from '../types';

/** One of the parallel parts; a value in a list with "respectively" has several spans. */
export type ParallelPart = readonly Span[];

const separator =
  /\s*[,;]?\s+(?:and|or|but|versus|vs\.?|whereas|while|compared (?:with|to)|as against|against)\s+(?=\S)|\s*[;,]\s+/gu;

/** Words that begin the same slot in each part. */
const markers = [
  'by',
  'with',
  'in',
  'for',
  'to',
  'from',
  'at',
  'among',
  'on',
  'after',
  'under',
  'had',
  'received',
  'without',
];

/** A part that begins so has the subject of the part before it. */
const sharesSubject =
  /^(?:(?:\w+ly|also|then|thus|not|never) )*(?:it|its|they|their|this|these|those|such|there|here|one|both|some|most|all|no|which|who|that|he|she|we|is|are|was|were|be|been|has|have|had|can|may|might|could|did|does|do|will|would|should|must|cannot)\b|^(?:\w+ly )?\w+ed\b(?! (?:by|with|in|for|to|at|on)\b)|^\w+ing (?:to|the|an?|its|their|in|that)\b/iu;

/** A verb at the end of what precedes a marker: `is reversed by`, but not `patients with`. */
const endsWithVerb =
  /\b(?:is|are|was|were|be|been|being|gets?) (?:\w+ ){0,2}\w+$|\b\w+(?:ed|wn|ught|lt)$|\b(?:occurs?|leads?|binds?|acts?|belongs?|responds?|results?|seen|found|present|common|frequent|rare|due|prescribed|given|taken)$/iu;

/** A part that begins so goes on with the part before it: `, along with`. */
const isAdverbial =
  /^(?:along|together|combined|associated|compared|even|only|either|neither|especially|particularly|mainly|mostly|including|as|then|later|thus|not|of|in|at|with|by|for|to|on|from|after|during|among)\b/iu;

/** Longer sentences have too many separators to tell which of them divide parallel parts. */
const maxSentenceWords = 60;

/** Most words between a separator and the marker of the next part. */
const maxHeadWords = 6;

/**
 * The parallel parts of a sentence. What belongs to all of them is in none.
 *
 * @returns the possible analyses; a sentence without parallel parts has none.
 */
export function parallelParts(sentence: string): ParallelPart[][] {
  if (sentence.split(/\s+/u).length > maxSentenceWords) return [];
  // A part in brackets is an aside.
  const brackets = bracketsIn(sentence);
  const isOutside = (span: Span) => !brackets.some((other) => overlaps(span, other));
  const analyses = [respectively(sentence), ofTotal(sentence), contrasted(sentence, isOutside)];
  const separators = matchSpans(sentence, separator).filter(isOutside);
  if (separators.length > 0) {
    for (const marker of markers) analyses.push(...byMarker(sentence, { separators, isOutside }, marker));
  }
  return analyses.filter((parts) => parts.length > 1);
}

interface Outside {
  readonly separators: readonly Span[];
  /** Whether a span is outside brackets. */
  readonly isOutside: (span: Span) => boolean;
}

/** Runs of parts that share a marker. */
function byMarker(sentence: string, { separators, isOutside }: Outside, marker: string): ParallelPart[][] {
  const places = matchSpans(sentence, new RegExp(`(?<![\\w-])${marker}(?![\\w-])`, 'giu')).filter(isOutside);
  const runs: ParallelPart[][] = [];
  let run: ParallelPart[] = [];
  for (const [index, place] of places.entries()) {
    const next = places[index + 1];
    const border = next && borderBetween(sentence, separators, place, next);
    if (next === undefined || border === undefined) {
      if (run.length > 1) runs.push(run);
      run = [];
      continue;
    }
    const last = run.pop()?.[0];
    const own = { start: last?.start ?? place.start, end: border.start };
    const before = last ? [] : slotBefore(sentence, place, border.head, next);
    if (before !== undefined) run.push([...before, own], [{ start: border.end, end: sentence.length }]);
  }
  return runs;
}

interface Border extends Span {
  /** The words of the next part before its marker. */
  readonly head: string;
}

/** The separator that divides the parts of two markers. */
function borderBetween(
  sentence: string,
  separators: readonly Span[],
  marker: Span,
  next: Span,
): Border | undefined {
  const between = separators.filter(({ start, end }) => start >= marker.end && end <= next.start);
  const chosen =
    between.findLast(({ start, end }) => /[,;]/.test(sentence.slice(start, end))) ?? between.at(-1);
  if (chosen === undefined) return undefined;
  const head = sentence.slice(chosen.end, next.start).trim();
  const words = head === '' ? 0 : head.split(/\s+/).length;
  if (
    words === 0 ||
    words > maxHeadWords ||
    isAdverbial.test(head) ||
    sharesSubject.test(head) ||
    isVerbPhrase(head)
  )
    return undefined;
  return { ...chosen, head };
}

/** Whether a part begins with a verb in -s that has an object: `and inhibits growth in`. */
function isVerbPhrase(head: string): boolean {
  return (
    /^(?:also |then )?[a-z]{3,}s\s+\S/u.test(head) &&
    !/^(?:patients|adults|children|women|men|others|those|cases|controls|mice|rats)\b/.test(head)
  );
}

const value = /(?<![\p{L}\p{N}.-])[<>≤≥~]?\d[\d.,]*/gu;

/**
 * The phrase before a marker that the head of the next part replaces. A verb before the marker belongs to all parts.
 *
 * @returns undefined if no phrase is of the same kind: in `on the head and neck on examination` nothing is parallel.
 */
function slotBefore(sentence: string, marker: Span, head: string, next: Span): readonly Span[] | undefined {
  const before = sentence.slice(0, marker.start).trimEnd();
  const upToMarker = (start: number | undefined) =>
    start === undefined ? undefined : [{ start, end: marker.start }];
  if (/^[<>≤≥~]?\d/u.test(head)) return upToMarker(matchSpans(before, value).at(-1)?.start);
  const word = /^\p{L}{4,}[\p{L}-]*/u.exec(head)?.[0];
  const repeated =
    word === undefined ? undefined : matchSpans(before, new RegExp(`(?<!\\p{L})${word}`, 'giu')).at(-1);
  if (repeated && !numberWord.test(head)) return upToMarker(repeated.start);
  const isElided = !finiteVerb.test(sentence.slice(before.length));
  const verb = isElided ? endsWithVerb.exec(before) : null;
  if (verb) return [{ start: clauseStart(before), end: verb.index }];
  return upToMarker(valueSlot(sentence, marker, next));
}

const numberWord = /^(?:one|two|three|four|five|six|seven|eight|nine|ten)\b/iu;
const finiteVerb = /\b(?:is|are|was|were|has|have|had|can|may|could|should|will)\b/u;

/** The start of the noun before a marker, if values follow both markers: `cough in 18 and fever in 12`. */
function valueSlot(sentence: string, marker: Span, next: Span): number | undefined {
  const isValue = ({ end }: Span) => /^\s+[<>≤≥~]?\d/u.test(sentence.slice(end));
  if (!isValue(marker) || !isValue(next)) return undefined;
  return /(?:[\p{L}\p{N}-]+\s+)?[\p{L}\p{N}-]+\s*$/u.exec(sentence.slice(0, marker.start))?.index;
}

function clauseStart(before: string): number {
  const border = matchSpans(before, /[,;:]\s+(?:(?:and|but|while|whereas)\s+)?/gu).at(-1);
  return border?.end ?? 0;
}

/** `Of 120 patients, 18 had cough`: the total and the rest. */
function ofTotal(sentence: string): ParallelPart[] {
  const total =
    /(?:^|[,;]\s)(?:of|among|out of) (?:the |a total of |all )?[\d][\d,.]*[^,;]{0,60}?,\s+(?=\D{0,30}\d)/iu.exec(
      sentence,
    );
  if (!total) return [];
  const end = total.index + total[0].length;
  return [[{ start: total.index, end }], [{ start: end, end: sentence.length }]];
}

/** Two clauses with subjects of their own: `A inhibits X, whereas B inhibits Y`. */
function contrasted(sentence: string, isOutside: (span: Span) => boolean): ParallelPart[] {
  const borders = matchSpans(sentence, contrast).filter((border) => {
    const rest = sentence.slice(border.end);
    return isOutside(border) && !sharesSubject.test(rest) && !hasNoSubject.test(rest);
  });
  if (borders.length === 0) return [];
  const parts: Span[] = [];
  let start = 0;
  for (const border of borders) {
    parts.push({ start, end: border.start });
    start = border.end;
  }
  parts.push({ start, end: sentence.length });
  const isWeak = borders.some((border) => !/wh/.test(sentence.slice(border.start, border.end)));
  return isWeak && !saySame(sentence, parts) ? [] : parts.map((part) => [part]);
}

const contrast = /,?\s+(?:whereas|while)\s+|,\s+but\s+|\s*;\s+(?:(?:however|in contrast|conversely), )?/gu;
const hasNoSubject = /^(?:\w+ly )?[a-z]{3,}s\s|^(?:not|no|in|at|of|with|by|for|on|after)\b/u;

/** Most words of a clause that is compared with another by its words. */
const maxClauseWords = 10;

/** Whether short clauses have a verb or noun in common, so that the words `;` and `but` compare them. */
function saySame(sentence: string, parts: readonly Span[]): boolean {
  const wordsOf = ({ start, end }: Span) =>
    sentence
      .slice(start, end)
      .toLowerCase()
      .split(/[^\p{L}\p{N}-]+/u);
  const [first = [], ...others] = parts.map(wordsOf);
  if ([first, ...others].some(({ length }) => length > maxClauseWords)) return false;
  return first.some((word) => word.length > 3 && others.every((words) => words.includes(word)));
}

/** `A, B and C occurred in 1, 2 and 3 patients, respectively`: the first of each list, the second, and so on. */
function respectively(sentence: string): ParallelPart[] {
  const word = /,?\s*\(?respectively\b/iu.exec(sentence);
  if (!word) return [];
  const lists = listsIn(sentence.slice(0, word.index));
  const last = lists.at(-1);
  const first = lists.slice(0, -1).findLast(({ length }) => length === last?.length);
  if (!first || !last) return [];
  return last.map((item, index) => [first[index] ?? item, item]);
}

const item = String.raw`(?:[^\s,;]+(?: [^\s,;]+){0,3}?)`;
const list = new RegExp(
  String.raw`${item}(?:, ${item})*,? (?:and|or|versus|vs\.?) [^\s,;]+(?: [^\s,;]+)?`,
  'gu',
);

/** The lists of a sentence, each as its items. */
function listsIn(text: string): Span[][] {
  return matchSpans(text, list).map(({ start, end }) => {
    const items: Span[] = [];
    let at = start;
    for (const gap of matchSpans(text.slice(start, end), /,? (?:and|or|versus|vs\.?) |, /gu)) {
      items.push({ start: at, end: start + gap.start });
      at = start + gap.end;
    }
    return [...items, { start: at, end }];
  });
}
