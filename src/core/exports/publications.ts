import { bySpan } from '../spanOrder';
import { segmentSpan } from '../documents/place';
import { placeKey } from '../text/mentions';
import type { Entity, PublicationPlace, Relation, Segment } from '../types';
import type { AnnotatingModels, Attributed } from './annotator';
import { roundProbability, type Mention } from './mention';
import { type Passage, type PassageDocument, toPassages } from './exportPassages';
import { uniqueNames } from './uniqueNames';

/** A file with its segments. */
export interface ProseFile {
  /** Identifier for a publication that does not state one. */
  readonly id: string;
  /** In document order; they cover the file. */
  readonly publications: readonly PublicationPlace[];
  /** Segments in document order, without overlaps in the document. */
  readonly segments: readonly Segment[];
  /** The models that annotated the file, if known; copied to each of its publications. */
  readonly models?: AnnotatingModels | undefined;
}

/** A publication with its mentions, in the order of the entities that they were made from. */
export interface Publication extends PassageDocument {
  readonly start: number;
  readonly end: number;
}

/**
 * Splits files into publications with unique identifiers.
 * @returns a function that splits one file. It reports which mention each entity became.
 */
export function publications(): <E extends Attributed<Entity>>(
  file: ProseFile,
  entities: readonly E[],
  onMention?: (mention: Mention, entity: E) => void,
) => readonly Publication[] {
  const unique = uniqueNames();
  return ({ id: fileId, publications: places, segments, models }, entities, onMention) => {
    const prose = segments.filter((segment) => segment.text.trim() !== '');
    const segmentStart = (segment: Segment) => segmentSpan(segment).start;
    const segmentsUntil = createSlicer(prose, segmentStart);
    const entitiesUntil = createSlicer(entities, (entity) => entity.start);
    return places.map(({ start, end, id, titleStart = start }) => {
      const publicationSegments = segmentsUntil(end);
      const passages = toPassages(publicationSegments, entitiesUntil(end), onMention);
      const title = publicationSegments.findIndex((segment) => segmentStart(segment) >= titleStart);
      const publication = { id: unique(id ?? fileId), passages: titleFirst(passages, title), start, end };
      return models === undefined ? publication : { ...publication, models };
    });
  };
}

/**
 * Like {@link publications}, with the relations of each publication. Both mentions of a relation must be among the
 * entities.
 */
export function relatedPublications(): (
  file: ProseFile,
  entities: readonly Attributed<Entity>[],
  relations: readonly Attributed<Relation>[],
) => readonly Publication[] {
  const splitFile = publications();
  return (file, entities, relations) => {
    const mentions = new Map<string, Mention>();
    const publicationsOfFile = splitFile(file, entities, (mention, entity) =>
      mentions.set(placeKey(entity), mention),
    );
    return publicationsOfFile.map((publication) => {
      const publicationRelations = relations.filter(
        ({ evidence }) => evidence.start >= publication.start && evidence.start < publication.end,
      );
      const related = publicationRelations.flatMap((relation) => {
        const subject = mentions.get(placeKey(relation.subject));
        const object = mentions.get(placeKey(relation.object));
        return subject && object ? [{ subject, object, infons: infonsOf(relation) }] : [];
      });
      return { ...publication, relations: related };
    });
  };
}

/**
 * The entities, together with those that only occur in relations because a person pointed at them. Each occurs once,
 * in document order.
 */
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
  return [...distinct.values()].sort(bySpan);
}

/**
 * Returns a function that returns consecutive slices of a sorted list: all elements before an offset that were not
 * returned yet.
 */
function createSlicer<T>(list: readonly T[], startOf: (element: T) => number): (end: number) => readonly T[] {
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
