import { segmentSpan } from '../documents/place';
import { placeKey } from '../text/mentions';
import type { DocumentFormat, Entity, Relation, Segment } from '../types';
import type { AnnotatingModels, Attributed } from './annotator';
import { roundProbability, type Mention } from './mention';
import { type Passage, type PassageDocument, toPassages } from './passages';
import { findRecords } from './records';
import { uniqueNames } from './uniqueNames';

/** A file with its prose. */
export interface ProseFile {
  /** Of a publication that states no identifier. */
  readonly id: string;
  readonly text: string;
  readonly format: DocumentFormat;
  /** In document order; stretches of segments do as well. */
  readonly segments: readonly Segment[];
  /** Told of each of its publications, where it is known. */
  readonly models?: AnnotatingModels | undefined;
}

/** A publication with its mentions, in the order of the entities that they are. */
export interface Publication extends PassageDocument {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts files into publications with unique identifiers.
 * @returns for a file and its entities, told which mention each has become.
 */
export function publications(): <E extends Attributed<Entity>>(
  file: ProseFile,
  entities: readonly E[],
  onMention?: (mention: Mention, entity: E) => void,
) => readonly Publication[] {
  const unique = uniqueNames();
  return ({ id: fileId, text, format, segments, models }, entities, onMention) => {
    const prose = segments.filter((segment) => segment.text.trim() !== '');
    const segmentStart = (segment: Segment) => segmentSpan(segment).start;
    const takeSegments = takerUntil(prose, segmentStart);
    const takeEntities = takerUntil(entities, (entity) => entity.start);
    return findRecords(text, format).map(({ start, end, id, titleStart = start }) => {
      const ownSegments = takeSegments(end);
      const passages = toPassages(ownSegments, takeEntities(end), onMention);
      const title = ownSegments.findIndex((segment) => segmentStart(segment) >= titleStart);
      const publication = { id: unique(id ?? fileId), passages: titleFirst(passages, title), start, end };
      return models === undefined ? publication : { ...publication, models };
    });
  };
}

/** As {@link publications}, each with the relations told in it; both ends must be among the entities. */
export function relatedPublications(): (
  file: ProseFile,
  entities: readonly Attributed<Entity>[],
  relations: readonly Attributed<Relation>[],
) => readonly Publication[] {
  const cut = publications();
  return (file, entities, relations) => {
    const mentions = new Map<string, Mention>();
    const found = cut(file, entities, (mention, entity) => mentions.set(placeKey(entity), mention));
    return found.map((publication) => {
      const own = relations.filter(
        ({ evidence }) => evidence.start >= publication.start && evidence.start < publication.end,
      );
      const related = own.flatMap((relation) => {
        const subject = mentions.get(placeKey(relation.subject));
        const object = mentions.get(placeKey(relation.object));
        return subject && object ? [{ subject, object, infons: infonsOf(relation) }] : [];
      });
      return { ...publication, relations: related };
    });
  };
}

/** Mentions with those that only relations know (a person pointed at them), in document order, each once. */
export function withRelated(
  entities: readonly Attributed<Entity>[],
  relations: readonly Attributed<Relation>[],
): readonly Attributed<Entity>[] {
  const related = relations.flatMap(({ subject, object, annotator }) =>
    [subject, object].map((entity) => (annotator === 'person' ? { ...entity, annotator } : entity)),
  );
  const all = [...entities, ...related];
  const distinct = new Map<string, Attributed<Entity>>();
  for (const entity of all) if (!distinct.has(placeKey(entity))) distinct.set(placeKey(entity), entity);
  return [...distinct.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Hands a sorted list out in pieces: what lies before an offset and was not handed out yet. */
function takerUntil<T>(list: readonly T[], startOf: (element: T) => number): (end: number) => readonly T[] {
  let next = 0;
  return (end) => {
    const first = next;
    for (let each = list[next]; each !== undefined && startOf(each) < end; each = list[next]) next += 1;
    return list.slice(first, next);
  };
}

function titleFirst(passages: readonly Passage[], index: number): readonly Passage[] {
  const title = passages[index];
  return title === undefined ? passages : [title, ...passages.slice(0, index), ...passages.slice(index + 1)];
}

function infonsOf(relation: Attributed<Relation>): Record<string, string> {
  const { type, probability, negated, speculated, annotator } = relation;
  return {
    type,
    probability: String(roundProbability(probability)),
    ...(negated && { negated: 'true', negationCue: negated.text }),
    ...(speculated && { speculated: 'true', speculationCue: speculated.text }),
    ...(annotator === 'person' && { annotator }),
  };
}
