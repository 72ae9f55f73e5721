/**
 * Input rows for a user's own sequence classifier: the sentence of a pair, with the two mentions masked (`@GENE$`, Lee
 * et al. 2019, section 3.3) or marked (`[E1] … [/E1]`, Baldini Soares et al. 2019). There is one row per pair.
 */
import type { Tokenizer } from '../tokens/encode';
import type { MentionPair } from './candidates';
import type { PairwiseConfig } from './config';
import { type RelationRow, specialTokens } from './relationRows';
import type { MentionSentence, PlacedMention } from './window';

/**
 * Maximum number of pairs per sentence: 400 mentions have tens of thousands of pairs, and each needs a row. The pairs
 * with the smallest distance are read.
 */
export const maxPairsOfSentence = 256;

/** The mentions of a block by index, with the index of their sentence. */
function mentionsOf(
  sentences: readonly MentionSentence[],
): (PlacedMention & { readonly sentence: number })[] {
  return sentences.flatMap(({ mentions }, sentence) => mentions.map((mention) => ({ ...mention, sentence })));
}

/** Selects the pairs to read: in a sentence with very many pairs, the nearest {@link maxPairsOfSentence}. */
export function nearestPairs(
  pairs: readonly MentionPair[],
  sentences: readonly MentionSentence[],
): readonly MentionPair[] {
  const mentions = mentionsOf(sentences);
  const distanceOf = ([subject, object]: MentionPair) =>
    Math.abs((mentions[subject]?.start ?? 0) - (mentions[object]?.start ?? 0));
  const bySentence = sentences.map((): MentionPair[] => []);
  for (const pair of pairs) bySentence[mentions[pair[0]]?.sentence ?? 0]?.push(pair);
  return bySentence.flatMap((own) =>
    own.length <= maxPairsOfSentence
      ? own
      : [...own].sort((a, b) => distanceOf(a) - distanceOf(b)).slice(0, maxPairsOfSentence),
  );
}

/** The rows of pairs within one sentence. A pair has no row if its mentions overlap or are too far apart for a row. */
export function pairRows(
  sentences: readonly MentionSentence[],
  pairs: readonly MentionPair[],
  tokenizer: Tokenizer,
  config: PairwiseConfig,
): RelationRow[] {
  const mentions = mentionsOf(sentences);
  const writers = sentences.map((sentence) => new PairWriter(sentence, tokenizer, config));
  return pairs.flatMap((pair) => {
    const [subject, object] = [mentions[pair[0]], mentions[pair[1]]];
    if (!subject || subject.sentence !== object?.sentence) return [];
    const ids = writers[subject.sentence]?.row(subject, object);
    if (!ids) return [];
    return [{ tokens: { ids, types: new Uint8Array(ids.length) }, pair, places: new Map<number, number>() }];
  });
}

/** Writes the rows of the pairs in one sentence. */
class PairWriter {
  private readonly cache = new Map<string, readonly number[]>();

  constructor(
    private readonly sentence: MentionSentence,
    private readonly tokenizer: Tokenizer,
    private readonly config: PairwiseConfig,
  ) {}

  /** @returns the ids including special tokens; `undefined` if the pair cannot be written. */
  row(subject: PlacedMention, object: PlacedMention): Int32Array | undefined {
    const [first, second] = subject.start <= object.start ? [subject, object] : [object, subject];
    if (first.end > second.start) return undefined;
    const { span } = this.sentence;
    const inner = [
      ...this.mention(first, first === subject ? 'subject' : 'object', 'first'),
      ...this.text(first.end, second.start),
      ...this.mention(second, second === subject ? 'subject' : 'object', 'second'),
    ];
    const room = this.config.maxTokens - specialTokens - inner.length;
    if (room < 0) return undefined;
    const [before, after] = [this.text(span.start, first.start), this.text(second.end, span.end)];
    // A sentence that is longer than a row is cut around the pair. If one side is short, the other side gets the
    // remaining room.
    const left = Math.min(before.length, Math.max(Math.floor(room / 2), room - after.length));
    const { classifyId, separatorId } = this.tokenizer.vocabulary;
    return Int32Array.of(
      classifyId,
      ...before.slice(before.length - left),
      ...inner,
      ...after.slice(0, room - left),
      separatorId,
    );
  }

  private mention(
    mention: PlacedMention,
    role: 'subject' | 'object',
    place: 'first' | 'second',
  ): readonly number[] {
    const { mentions } = this.config;
    const template = mentions.get(mention.entity.type) ?? mentions.get(role) ?? mentions.get(place) ?? '{}';
    const [before = '', after] = template.split('{}');
    if (after === undefined) return this.words(before);
    return [...this.words(before), ...this.text(mention.start, mention.end), ...this.words(after)];
  }

  /** The ids of markers and masks. A word that is in the vocabulary as a whole becomes one token. */
  private words(text: string): readonly number[] {
    const { vocabulary } = this.tokenizer;
    return text
      .split(/\s+/u)
      .filter((word) => word !== '')
      .flatMap((word) => {
        const whole = this.config.addedTokens.get(word) ?? vocabulary.starts.get(word);
        return whole === undefined ? this.encode(word) : [whole];
      });
  }

  private text(from: number, to: number): readonly number[] {
    return this.encode(this.sentence.segment.text.slice(from, to));
  }

  private encode(text: string): readonly number[] {
    const ids = this.cache.get(text) ?? [...this.tokenizer.encode(text).ids];
    this.cache.set(text, ids);
    return ids;
  }
}
