/** Tells pairs of mentions that their sentence denies from pairs that it affirms. */
import { groupBy } from '../groupBy';
import { pronounsIn } from '../text/cueClauses';
import type { EntityType, Span } from '../types';
import type { Candidate, MentionPair } from './candidates';
import type { Evidence } from './evidence';
import type { MentionSentence } from './window';

/** The mentions of a block by index, with the index of their sentence. */
export interface PolarityMention extends Span {
  readonly type: EntityType;
  readonly sentence: number;
}

/** The pairs of a block that are denied. */
export interface Polarity {
  /** The candidates; one with both affirmed and denied pairs becomes two. */
  readonly candidates: readonly Candidate[];
  /** The denied pairs, by {@link pairKey}. */
  readonly denied: ReadonlySet<string>;
  /** By sentence, the cues that deny one of its pairs, as spans of the sentence. */
  readonly cues: ReadonlyMap<number, readonly Span[]>;
}

export function pairKey([subject, object]: MentionPair): string {
  return `${subject} ${object}`;
}

/**
 * Divides the pairs of candidates into affirmed and denied ones, which are decoded separately.
 *
 * A pair is not read at all if its text denies the relation for another pair of the same two concepts: a pair across
 * sentences that ends in the denying sentence, and a pair that has another name of the same kind between it and the
 * mention that it shares with the denied pair (`A did not cause fibrosis, while B caused fibrosis`). Nor is a pair read
 * of which only a comparison is denied (`A is not more effective than B`), because the sentence leaves open what is so.
 *
 * @param evidenceOf Finds the cues of a sentence.
 */
export function dividedByPolarity(
  candidates: readonly Candidate[],
  sentences: readonly MentionSentence[],
  evidenceOf: (first: number, last: number) => Evidence,
): Polarity {
  const reader = new PolarityReader(sentences, evidenceOf);
  const conceptsOf = ({ subjectType, objectType, subjectConcept, objectConcept }: Candidate) =>
    [subjectType, objectType, subjectConcept, objectConcept].join('\n');
  const deniedOf = new Map(
    Array.from(groupBy(candidates, conceptsOf), ([key, own]) => [
      key,
      own.flatMap(({ pairs }) => pairs).filter((pair) => reader.isDenied(pair)),
    ]),
  );
  const divided = candidates.flatMap((candidate): Candidate[] => {
    const denied = deniedOf.get(conceptsOf(candidate)) ?? [];
    const own = candidate.pairs.filter((pair) => reader.isDenied(pair));
    const affirmed = candidate.pairs.filter(
      (pair) => !reader.isDenied(pair) && !reader.isCompared(pair) && !reader.isOverridden(pair, denied),
    );
    return [
      ...(affirmed.length > 0 ? [{ ...candidate, pairs: affirmed }] : []),
      ...(own.length > 0 ? [{ ...candidate, pairs: own, isDenied: true }] : []),
    ];
  });
  return { candidates: divided, denied: reader.denied, cues: reader.cues };
}

class PolarityReader {
  readonly denied = new Set<string>();
  readonly cues = new Map<number, Span[]>();
  private readonly compared = new Set<string>();
  private readonly read = new Set<string>();
  private readonly mentions: readonly PolarityMention[];

  constructor(
    private readonly sentences: readonly MentionSentence[],
    private readonly evidenceOf: (first: number, last: number) => Evidence,
  ) {
    this.mentions = sentences.flatMap(({ span, mentions }, sentence) =>
      mentions.map(({ start, end, entity }) => ({
        type: entity.type,
        sentence,
        start: start - span.start,
        end: end - span.start,
      })),
    );
  }

  isDenied(pair: MentionPair): boolean {
    return this.readPair(pair, this.denied);
  }

  isCompared(pair: MentionPair): boolean {
    return this.readPair(pair, this.compared);
  }

  /** Whether a pair that is not denied itself must not be read, because of denied pairs of the same concepts. */
  isOverridden(pair: MentionPair, denied: readonly MentionPair[]): boolean {
    const [subject, object] = [this.mentions[pair[0]], this.mentions[pair[1]]];
    if (!subject || !object) return false;
    if (subject.sentence !== object.sentence) {
      const ends = [subject.sentence, object.sentence];
      return (
        denied.some(([mention]) => ends.includes(this.mentions[mention]?.sentence ?? -1)) ||
        this.isDeniedByPronoun(subject.sentence > object.sentence ? subject : object)
      );
    }
    return denied.some((other) => {
      if (other[0] === pair[0]) return this.hasBetween(other[1], pair[1], subject.type);
      return other[1] === pair[1] && this.hasBetween(other[0], pair[0], object.type);
    });
  }

  /** Whether a pair is in one of the sets, after its sentence was read. */
  private readPair(pair: MentionPair, set: ReadonlySet<string>): boolean {
    const key = pairKey(pair);
    if (!this.read.has(key)) this.judgePair(pair, key);
    return set.has(key);
  }

  private judgePair(pair: MentionPair, key: string): void {
    this.read.add(key);
    const [subject, object] = [this.mentions[pair[0]], this.mentions[pair[1]]];
    if (!subject || subject.sentence !== object?.sentence) return;
    const { denying, isCompared } = this.findCues(subject.sentence, subject, object) ?? {};
    if (!denying) return;
    if (isCompared) {
      this.compared.add(key);
      return;
    }
    this.denied.add(key);
    const cues = this.cues.get(subject.sentence) ?? [];
    const isNew = (cue: Span) => !cues.some(({ start, end }) => start === cue.start && end === cue.end);
    this.cues.set(subject.sentence, [...cues, ...denying.filter(isNew)]);
  }

  private findCues(sentence: number, subject: Span, object: Span) {
    return this.evidenceOf(sentence, sentence).findCues?.(subject, object);
  }

  /** Whether the sentence of a mention denies something of it and of what a pronoun stands for. */
  private isDeniedByPronoun(mention: PolarityMention): boolean {
    const { segment, span } = this.sentences[mention.sentence] ?? {};
    if (!segment || !span) return false;
    const pronouns = pronounsIn(segment.text.slice(span.start, span.end));
    return pronouns.some(
      (pronoun) => this.findCues(mention.sentence, pronoun, mention)?.denying !== undefined,
    );
  }

  /** Whether a mention of a type lies between two mentions of the same sentence. */
  private hasBetween(one: number, other: number, type: EntityType): boolean {
    const [a, b] = [this.mentions[one], this.mentions[other]];
    if (!a || !b || a.sentence !== b.sentence) return false;
    const [start, end] = [Math.min(a.end, b.end), Math.max(a.start, b.start)];
    return this.mentions.some(
      (each) => each.sentence === a.sentence && each.type === type && each.start >= start && each.end <= end,
    );
  }
}
