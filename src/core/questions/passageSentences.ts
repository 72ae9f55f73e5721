/** The sentences of a passage, read for what a question is about. */
import { overlaps } from '../spanOrder';
import { findAbbreviations } from '../text/abbreviations';
import { splitSentences } from '../text/sentences';
import type { Span } from '../types';
import { type AnchorPlace, DenialFinder } from './denial';
import { type ParallelPart, parallelParts } from './parallels';
import type { NameReader, PassageName } from './passageNames';
import { type Anchor, anchorPlaces } from './questionAnchors';
import { termsIn } from './questionTerms';

/** A sentence of a passage. All spans but `start` and `end` refer to its text. */
export interface ReadSentence extends Span {
  readonly text: string;
  readonly names: readonly PassageName[];
  /** The places of words of the question. */
  readonly places: readonly AnchorPlace[];
  readonly parts: readonly (readonly ParallelPart[])[];
  readonly denial: DenialFinder;
}

/** The start of a sentence that goes on about the subject of the sentence before it. */
const pronoun =
  /^(?:it|its|they|their|this|these|both|such|the (?:drug|disease|disorder|gene|protein|enzyme|receptor|compound|syndrome|virus|antibody|patients|condition|infection|treatment|trial|study))\b/iu;

/** A passage, read for a question. Sentences are read when they are asked for. */
export class PassageSentences {
  /** The sentences, in order. */
  readonly spans: readonly Span[];
  private readonly sentences = new Map<number, ReadSentence>();
  private readonly aliases: ReadonlyMap<number, readonly string[]>;
  private known: ReadonlySet<number> | undefined;

  constructor(
    private readonly text: string,
    private readonly anchors: readonly Anchor[],
    private readonly names: NameReader | undefined,
  ) {
    this.spans = splitSentences(text);
    this.aliases = aliasesIn(text, anchors);
  }

  /** The numbers of the anchors that the passage has anywhere. */
  get anchorsOfPassage(): ReadonlySet<number> {
    this.known ??= new Set(this.all().flatMap(({ places }) => places.map(({ anchor }) => anchor)));
    return this.known;
  }

  /** All sentences, read. */
  all(): readonly ReadSentence[] {
    return this.spans.map((_, index) => this.read(index));
  }

  /** The sentence in which a span begins. */
  at(span: Span): ReadSentence {
    return this.read(this.indexAt(span));
  }

  /** The numbers of the anchors of a sentence, and of the one before it if a pronoun refers to that. */
  anchorsAt(span: Span): ReadonlySet<number> {
    return new Set(this.readWithReferred(span).flatMap(({ places }) => places.map(({ anchor }) => anchor)));
  }

  /** The text of a sentence, after that of the one before it if a pronoun refers to that. */
  textAt(span: Span): string {
    return this.readWithReferred(span)
      .map(({ text }) => text)
      .join(' ');
  }

  private readWithReferred(span: Span): readonly ReadSentence[] {
    const index = this.indexAt(span);
    const own = this.read(index);
    return index > 0 && pronoun.test(own.text) ? [this.read(index - 1), own] : [own];
  }

  private indexAt(span: Span): number {
    return Math.max(
      0,
      this.spans.findLastIndex(({ start }) => start <= span.start),
    );
  }

  private read(index: number): ReadSentence {
    const known = this.sentences.get(index);
    if (known) return known;
    const { start, end } = this.spans[index] ?? { start: 0, end: this.text.length };
    const text = this.text.slice(start, end);
    const names = this.names?.(text) ?? [];
    const places = anchorPlaces(this.anchors, { terms: termsIn(text), names, aliases: this.aliases });
    const parts = parallelParts(text);
    const read = { start, end, text, names, places, parts, denial: new DenialFinder(text) };
    this.sentences.set(index, read);
    return read;
  }
}

/** The stems of abbreviations that a passage introduces for anchors, and of the long forms of anchors that are short. */
function aliasesIn(text: string, anchors: readonly Anchor[]): Map<number, readonly string[]> {
  const aliases = new Map<number, readonly string[]>();
  for (const { short, long } of findAbbreviations(text)) {
    const shortStems = termsIn(text.slice(short.start, short.end)).map(({ stem }) => stem);
    const longStems = termsIn(text.slice(long.start, long.end)).map(({ stem }) => stem);
    for (const [index, { stems, weight }] of anchors.entries()) {
      if (weight <= 1) continue;
      if (stems.every((stem) => longStems.includes(stem))) aliases.set(index, shortStems);
      else if (stems.every((stem) => shortStems.includes(stem))) aliases.set(index, longStems.slice(-1));
    }
  }
  return aliases;
}

/** The names of a sentence inside a span. */
export function namesInside({ names }: ReadSentence, span: Span): readonly PassageName[] {
  return names.filter((name) => overlaps(name, span));
}
