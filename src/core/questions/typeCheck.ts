/**
 * Checks the types of answers with the tagger. The reader takes B-RAF for a drug against renal cell carcinoma because its
 * sentence speaks of a "B-RAF inhibitor"; the terminology has no type for a name that several concepts share, or that it
 * does not list.
 */
import { covers, overlaps } from '../spanOrder';
import { splitSentences } from '../text/sentences';
import type { EntityType, Span } from '../types';
import type { MergedAnswer } from './answers';
import { expectedAnswer, fitsType } from './expectedAnswer';
import type { SentenceEntity, SentenceTagger } from './sentenceTagger';
import type { AnswerSpan } from './spans';

/**
 * Numbers that are subtracted from the score of a span, in the unit of the logits. On 240 questions of 12b and of the
 * training set of 6b, no right answer was of another type. Of the spans that the tagger takes for no name, 4 % are right
 * where a gene is asked for, and as many as of all others where a chemical is: `red meat`.
 */
const penalties = { otherType: 10, noName: 4 };

/** Types of which a word beside the name tells no kinds apart, as `advanced` does of melanomas. */
const namedTypes: ReadonlySet<EntityType> = new Set<EntityType>(['Chemical', 'Gene']);

/** So many words are seldom the name of a chemical if the tagger finds no chemical in them. */
const minLongWords = 3;

const enzyme = /\p{L}{4}ases?$/iu;

/** The types of the answers to one question, as far as their sentences have been tagged. */
export class TypeCheck {
  /** The entities of each sentence that has been tagged. */
  private readonly tagged = new Map<string, readonly SentenceEntity[]>();
  private readonly sentences = new Map<number, readonly Span[]>();
  private readonly expected = new Map<string, EntityType | undefined>();

  /** @param questionOf The question as it is put to a passage. */
  constructor(
    private readonly texts: readonly string[],
    private readonly questionOf: (passage: number) => string,
  ) {}

  /** Whether a type is asked for anywhere, so that the tagger has something to check. */
  get isAsked(): boolean {
    return this.texts.some((_, passage) => this.expectedIn(passage) !== undefined);
  }

  /** The number to add to the score of a span: 0 if its sentence has not been tagged. */
  adjustment(span: AnswerSpan): number {
    const type = this.expectedIn(span.passage);
    const sentence = this.sentenceOf(span);
    const entities = this.tagged.get(sentence.text);
    if (type === undefined || entities === undefined) return 0;
    const own = { start: span.start - sentence.start, end: span.end - sentence.start };
    const names = entities.filter((entity) => overlaps(entity, own));
    if (names.some((name) => fitsType(name.type, type))) return 0;
    // The last name of a phrase tells what it is about: `ligand-induced EGFR`.
    if (covers(names, own) || names.some(({ end }) => end >= own.end)) return -penalties.otherType;
    const text = sentence.text.slice(own.start, own.end);
    const isEnzyme = enzyme.test(text);
    const isLong = text.split(/\s+/u).length >= minLongWords;
    return type === 'Gene' || (type === 'Chemical' && (isEnzyme || isLong)) ? -penalties.noName : 0;
  }

  /** A span, or the only name in it that has the type that is asked for: `ZD1839` in `tyrosine kinase inhibitor ZD1839`. */
  nameIn(span: AnswerSpan): AnswerSpan {
    const type = this.expectedIn(span.passage);
    if (type === undefined || !namedTypes.has(type)) return span;
    const sentence = this.sentenceOf(span);
    const [name, ...more] = (this.tagged.get(sentence.text) ?? [])
      .filter((entity) => entity.type === type)
      .map(({ start, end }) => ({ start: start + sentence.start, end: end + sentence.start }))
      .filter((entity) => overlaps(entity, span));
    const isInside = name && more.length === 0 && name.start >= span.start && name.end <= span.end;
    return isInside ? { ...span, ...name } : span;
  }

  /**
   * Tags the sentences of the shown occurrences of answers, and at most as many as are allowed.
   *
   * @returns how many were tagged.
   * @throws {CancelledError} after `signal` was aborted.
   */
  async read(
    tag: SentenceTagger,
    answers: readonly MergedAnswer[],
    { most, signal }: { readonly most: number; readonly signal: AbortSignal | undefined },
  ): Promise<number> {
    const spans = answers.map(({ occurrences: [shown] }) => shown);
    const asked = spans.filter(({ passage }) => this.expectedIn(passage) !== undefined);
    const texts = new Set(asked.map((span) => this.sentenceOf(span).text));
    const unread = [...texts].filter((text) => !this.tagged.has(text)).slice(0, most);
    if (unread.length === 0) return 0;
    const found = await tag(unread, signal);
    for (const [i, text] of unread.entries()) this.tagged.set(text, found[i] ?? []);
    return unread.length;
  }

  private expectedIn(passage: number): EntityType | undefined {
    const question = this.questionOf(passage);
    if (!this.expected.has(question)) {
      const expected = expectedAnswer(question);
      this.expected.set(question, expected?.kind === 'entity' ? expected.type : undefined);
    }
    return this.expected.get(question);
  }

  /** The sentence in which a span begins. */
  private sentenceOf({ passage, start: at }: AnswerSpan): Span & { readonly text: string } {
    const text = this.texts[passage] ?? '';
    const spans = this.sentences.get(passage) ?? splitSentences(text);
    this.sentences.set(passage, spans);
    const { start, end } = spans.findLast((sentence) => sentence.start <= at) ?? {
      start: 0,
      end: text.length,
    };
    return { start, end, text: text.slice(start, end) };
  }
}
