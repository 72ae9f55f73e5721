import { segmentSpan, toDocument, toProse } from '../document/place';
import type { Entity, Segment, Span } from '../types';
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
      const span = proseSpan(segment, entity);
      if (span === undefined) continue;
      const { type, probability } = entity;
      mentions.push({ ...span, text: segment.text.slice(span.start, span.end), type, probability });
    }
    if (segment.text.trim() !== '') passages.push({ text: segment.text, mentions });
  }
  return passages;
}

function proseSpan(segment: Segment, entity: Span): Span | undefined {
  const start = toProse(segment, entity.start);
  const last = toProse(segment, entity.end - 1);
  if (start === undefined || last === undefined) return undefined;
  let end = last + 1;
  // One stretch of markup can stand for several characters of prose; the mention has all of them.
  while (end < segment.text.length && toDocument(segment, end, end + 1).start < entity.end) end += 1;
  return { start, end };
}
