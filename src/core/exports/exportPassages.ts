import { segmentSpan, toProseSpan } from '../documents/place';
import type { Entity, Segment } from '../types';
import type { AnnotatingModels, Attributed } from './annotator';
import type { Mention } from './mention';

/** A segment of prose with its mentions; offsets refer to its own text. */
export interface Passage {
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/**
 * A relation between mentions of a document's passages. `subject` and `object` are the same objects as in the
 * passages.
 */
export interface PassageRelation {
  readonly subject: Mention;
  readonly object: Mention;
  readonly infons: Readonly<Record<string, string>>;
}

/** A document without markup. The first passage is its title. */
export interface PassageDocument {
  readonly id: string;
  readonly passages: readonly Passage[];
  readonly relations?: readonly PassageRelation[];
  readonly models?: AnnotatingModels | undefined;
}

/**
 * Maps entities, which are spans of the document, back to the prose of their segments, for formats that contain prose
 * only (PubTator, BioC). Both lists must be in document order. An entity that starts or ends outside the segments is
 * left out.
 *
 * @param onMention Called with each mention and the entity that it was made from.
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
      const { type, probability, annotator, concepts } = entity;
      const mention = {
        ...span,
        text: segment.text.slice(span.start, span.end),
        type,
        probability,
        ...(annotator && { annotator }),
        ...(concepts && { concepts }),
      };
      mentions.push(mention);
      onMention?.(mention, entity);
    }
    if (segment.text.trim() !== '') passages.push({ text: segment.text, mentions });
  }
  return passages;
}
