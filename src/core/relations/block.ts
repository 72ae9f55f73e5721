import { toDocument, toProseSpan, segmentSpan } from '../document/place';
import { passageGroups, type SentenceSplitter } from '../text/passages';
import type { Entity, Segment, Span } from '../types';
import type { MentionSentence, PlacedMention } from './window';

/** What is related, decoded and remembered as one: a paragraph, or a title and the paragraph under it. */
export interface Block {
  readonly sentences: readonly MentionSentence[];
  /** Characters of prose in it. */
  readonly characters: number;
}

export interface BlockOptions {
  readonly split?: SentenceSplitter | undefined;
  /** Offsets of the document that no block crosses, ascending: where publications of a file begin. */
  readonly borders?: readonly number[] | undefined;
}

/**
 * Puts the mentions on the sentences, and joins a segment of one sentence, a title most often, to the one after it.
 *
 * @param entities In document order.
 */
export function* blocksOf(
  segments: readonly Segment[],
  entities: readonly Entity[],
  { split, borders = [] }: BlockOptions = {},
): Generator<Block> {
  const place = new MentionPlacer(entities);
  let open: MentionSentence[] = [];
  let characters = 0;
  let border = 0;
  for (const group of passageGroups(segments, split)) {
    for (const { segment, sentences } of group.passages) {
      const { start } = segmentSpan(segment);
      const crossed = (borders[border] ?? Infinity) <= start;
      while ((borders[border] ?? Infinity) <= start) border += 1;
      if (crossed && open.length > 0) {
        yield { sentences: open, characters };
        [open, characters] = [[], 0];
      }
      open.push(...sentences.map((span) => ({ segment, span, mentions: place.within(segment, span) })));
      characters += sentences.reduce((sum, span) => sum + span.end - span.start, 0);
      if (sentences.length === 1 && open.length < longestBlock) continue;
      yield { sentences: open, characters };
      [open, characters] = [[], 0];
    }
  }
  if (open.length > 0) yield { sentences: open, characters };
}

/** Items of a list are segments of one sentence each: so many are enough. */
const longestBlock = 16;

/** Hands the mentions out in document order, each to the sentence that it begins in. */
class MentionPlacer {
  private next = 0;

  constructor(private readonly entities: readonly Entity[]) {}

  within(segment: Segment, sentence: Span): PlacedMention[] {
    const { end } = toDocument(segment, sentence.start, sentence.end);
    const placed: PlacedMention[] = [];
    for (
      let entity = this.entities[this.next];
      entity !== undefined && entity.start < end;
      entity = this.entities[++this.next]
    ) {
      const span = toProseSpan(segment, entity);
      if (!span || span.start < sentence.start || span.start >= sentence.end) continue;
      placed.push({ entity, start: span.start, end: Math.min(span.end, sentence.end) });
    }
    return placed.sort((a, b) => a.start - b.start || b.end - a.end);
  }
}
