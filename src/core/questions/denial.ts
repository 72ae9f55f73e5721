/** Whether a sentence denies what a question asks about a name. */
import { createCueFinder, type CueFinder } from '../text/cues';
import { matchSpans } from '../text/matchSpans';
import type { Span } from '../types';

/** A place where a sentence has a word of the question, and how much the word says about its subject. */
export interface AnchorPlace extends Span {
  readonly anchor: number;
  readonly weight: number;
}

const denyingQuestion = /\b(?:not|cannot|never|no longer|fails? to|failed to|lacks?|without)\b|n['’]t\b/iu;

/** Whether a question asks for what is not so: "Which drug does not harm the liver?". */
export function asksForDenied(question: string): boolean {
  const main = question.replace(/^(?:in|among|for|of) [^,]*,/iu, '');
  return denyingQuestion.test(main);
}

const contrastCue =
  /\b(?:unlike(?: that of)?|in contrast to|as opposed to|contrary to|rather than|instead of|(?:but|and|,) not(?: (?:by|with|in|to|for|of))?|except(?: for)?|other than|apart from) (?:the |an? )?/giu;

/**
 * The cues that deny a statement. Others restrict a noun (`patients unable to report pain`, `without KRAS`) or say nothing
 * against the statement (`irrespective of`).
 */
const denyingCue =
  /^(?:not|no|never|neither|nor|none|cannot|nothing|hardly|unaffected|unchanged|unaltered|inactive|ineffective|fail\w*|den\w+|lacks?|lacked)\b|\bnot\b|n['’]t$|\bno\b/iu;
const openStatement =
  /\bnot (?:yet |well |fully |completely |entirely |been )*(?:known|understood|clear|established|elucidated|determined|defined)\b/iu;

const clauseBorder = /;\s|,?\s(?:but|whereas|while|although|however)\s(?!not\b)/giu;

/** Most words between a cue and what it denies. */
const maxReach = 12;

/** A clause of its own begins with the name before this text: `…, upadacitinib and filgotinib have shown`. */
const ownVerb =
  /^\s*(?:(?:and|or|,) [\p{L}\p{N}-]+ ){0,3}(?:is|are|was|were|has|have|had|may|can|could|did|does|do|will|\p{L}{2,}ed|\p{L}{2,}s)\b/u;

/** Judges the names of one sentence. */
export class DenialFinder {
  private readonly find: CueFinder;
  private readonly contrasts: readonly Span[];
  private readonly borders: readonly Span[];

  constructor(private readonly sentence: string) {
    this.find = createCueFinder(sentence);
    this.contrasts = matchSpans(sentence, contrastCue);
    this.borders = matchSpans(sentence, clauseBorder);
  }

  /**
   * Whether the sentence denies the words of the question of a name: the name itself is denied (`not catalase`), or the
   * greater part of these words is denied of it (`ibuprofen does not harm the liver`).
   */
  denies(name: Span, places: readonly AnchorPlace[]): boolean {
    const text = this.sentence.slice(name.start, name.end);
    if (this.contrasts.some(({ end }) => end === name.start)) return true;
    if (/^(?:not|no|nor|neither|without|unlike)\b|, not |\bbut not\b/iu.test(text)) return true;
    const outside = this.nearestPlaces(name, places);
    const affirmed = new Map<number, number>();
    const all = new Map<number, number>();
    for (const { anchor, weight, start, end } of outside) {
      all.set(anchor, weight);
      if (!this.isNegated(name, { start, end })) affirmed.set(anchor, weight);
    }
    if (all.size === 0) return this.isNegated(name, name);
    return sum(affirmed.values()) < sum(all.values()) / 2;
  }

  /** The places outside a name; those of its own clause, if a word of the question is in several. */
  private nearestPlaces(name: Span, places: readonly AnchorPlace[]): readonly AnchorPlace[] {
    const outside = places.filter(({ start, end }) => end <= name.start || start >= name.end);
    const isNear = (place: Span) => this.clauseAt(place) === this.clauseAt(name);
    const near = new Set(outside.filter(isNear).map(({ anchor }) => anchor));
    return outside.filter((place) => !near.has(place.anchor) || isNear(place));
  }

  private clauseAt({ start }: Span): number {
    return this.borders.filter((border) => border.end <= start).length;
  }

  private isNegated(name: Span, other: Span): boolean {
    const { negated: cue } = this.find(name, other);
    if (cue === undefined) return false;
    const { sentence } = this;
    const words = sentence.slice(cue.start, cue.end);
    if (!denyingCue.test(words) || openStatement.test(sentence.slice(cue.start, cue.end + 30))) return false;
    const [first, second] = name.start <= other.start ? [name, other] : [other, name];
    const between = cue.end <= second.start ? sentence.slice(cue.end, second.start) : '';
    if (between.split(/\s+/u).length > maxReach) return false;
    const isAside = /,\s*(?:but|and)?\s*$/u.test(sentence.slice(0, cue.start)) && between.includes(',');
    if (isAside) return false;
    const isBeforeBoth = cue.end <= first.start;
    return !(isBeforeBoth && between.includes(', ') && ownVerb.test(sentence.slice(second.end)));
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const each of values) total += each;
  return total;
}
