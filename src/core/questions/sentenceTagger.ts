/** Tags the sentences of answers: a terminology knows the names that it lists, and a tagger all others. */
import type { Tagger } from '../entities/pipeline';
import type { EntityType, Segment, Span } from '../types';

/** A tagged name in a sentence. */
export interface SentenceEntity extends Span {
  readonly type: EntityType;
}

/**
 * Tags sentences, each for itself. @returns the entities of each.
 * @throws {CancelledError} after `signal` was aborted; checked between batches.
 */
export type SentenceTagger = (
  sentences: readonly string[],
  signal: AbortSignal | undefined,
) => Promise<readonly (readonly SentenceEntity[])[]>;

/** The sentences are tagged as one text, with this between them. */
const gap = '\n\n';

/** Makes a tagger of documents one of sentences. */
export function sentenceTagger(tagger: Tagger): SentenceTagger {
  return async (sentences, signal) => {
    let base = 0;
    const segments = sentences.map((text): Segment => {
      const run = { start: 0, length: text.length, documentStart: 0, documentLength: text.length };
      const segment = { text, base, runs: [run] };
      base += text.length + gap.length;
      return segment;
    });
    const { entities } = await tagger.tag(sentences.join(gap), segments, { signal, splitEnumerations: true });
    return segments.map(({ base: from, text }) =>
      entities
        .filter(({ start }) => start >= from && start < from + text.length)
        .map(({ start, end, type }) => ({ start: start - from, end: end - from, type })),
    );
  };
}
