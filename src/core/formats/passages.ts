import { segmentSpan, toProseSpan } from '../document/place';
import type { Entity, Segment } from '../types';
import type { Mention } from './mention';

/** A stretch of prose with the mentions in it; offsets count in its own text. */
export interface Passage {
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** A document as readers see it, without markup: the first passage is its title. */
export interface PassageDocument {
  readonly id: string;
  readonly passages: readonly Passage[];
}

/**
 * Puts entities, which are spans of the document, back on the prose of their segments, for formats that hold prose only
 * (PubTator, BioC). Both lists are in document order. An entity that starts or ends outside the segments is left out.
 */
export function toPassages(segments: readonly Segment[], entities: readonly Entity[]): readonly Passage[] {
  const passages: Passage[] = [];
  let next = 0;
  for (const segment of segments) {
    const { end } = segmentSpan(segment);
    const mentions: Mention[] = [];
    for (let entity = entities[next]; entity !== undefined && entity.start < end; entity = entities[++next]) {
      const span = toProseSpan(segment, entity);
      if (span === undefined) continue;
      const { type, probability } = entity;
      mentions.push({ ...span, text: segment.text.slice(span.start, span.end), type, probability });
    }
    if (segment.text.trim() !== '') passages.push({ text: segment.text, mentions });
  }
  return passages;
}
