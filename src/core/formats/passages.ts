import { segmentSpan, toProseSpan } from '../documents/place';
import type { Entity, Segment } from '../types';
import type { AnnotatingModels, Attributed } from './annotator';
import type { Mention } from './mention';

/** A stretch of prose with the mentions in it; offsets count in its own text. */
export interface Passage {
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** A relation between mentions of a document's passages, the very objects. */
export interface PassageRelation {
  readonly subject: Mention;
  readonly object: Mention;
  readonly infons: Readonly<Record<string, string>>;
}

/** A document as readers see it, without markup: the first passage is its title. */
export interface PassageDocument {
  readonly id: string;
  readonly passages: readonly Passage[];
  readonly relations?: readonly PassageRelation[];
  readonly models?: AnnotatingModels | undefined;
}

/**
 * Puts entities, which are spans of the document, back on the prose of their segments, for formats that hold prose only
 * (PubTator, BioC). Both lists are in document order. An entity that starts or ends outside the segments is left out.
 *
 * @param onMention told which mention an entity has become.
 */
export function toPassages<E extends Attributed<Entity>>(
  segments: readonly Segment[],
  entities: readonly E[],
  onMention?: (mention: Mention, entity: E) => void,
): readonly Passage[] {
  const passages: Passage[] = [];
  let next = 0;
  for (const segment of segments) {
    const { end } = segmentSpan(segment);
    const mentions: Mention[] = [];
    for (let entity = entities[next]; entity !== undefined && entity.start < end; entity = entities[++next]) {
      const span = toProseSpan(segment, entity);
      if (span === undefined) continue;
      const { type, probability, annotator } = entity;
      const found = { ...span, text: segment.text.slice(span.start, span.end), type, probability };
      const mention = annotator === undefined ? found : { ...found, annotator };
      mentions.push(mention);
      onMention?.(mention, entity);
    }
    if (segment.text.trim() !== '') passages.push({ text: segment.text, mentions });
  }
  return passages;
}
