import { bySpan } from '../spanOrder';
import { toDocument } from '../documents/place';
import { typedName } from '../characters';
import { groupBy } from '../groupBy';
import { NameFinder, nameFormOf } from '../text/nameFinder';
import type { Entity, Segment, UserTerm } from '../types';

/** Source of concepts that the user brought. */
export const userSource = 'user';

/** Finds the terms of a user in documents. */
export class UserTermFinder {
  private readonly terms: ReadonlyMap<string, readonly UserTerm[]>;
  private readonly finder: NameFinder;

  constructor(terms: readonly UserTerm[]) {
    this.terms = groupBy(terms, ({ name }) => nameFormOf(name));
    this.finder = new NameFinder(this.terms.keys());
  }

  /**
   * Marks the terms wherever they stand. Of overlapping terms the longest counts, and a term replaces the mentions of
   * the model that it overlaps: the user knows better.
   *
   * @param entities Mentions in document order.
   */
  mark(document: string, segments: readonly Segment[], entities: readonly Entity[]): readonly Entity[] {
    const marked = segments.flatMap((segment) => this.markSegment(document, segment));
    if (marked.length === 0) return entities;
    const kept: Entity[] = [];
    let next = 0;
    for (const entity of entities) {
      while ((marked[next]?.end ?? Infinity) <= entity.start) next += 1;
      if ((marked[next]?.start ?? Infinity) >= entity.end) kept.push(entity);
    }
    return [...kept, ...marked].sort(bySpan);
  }

  private markSegment(document: string, segment: Segment): Entity[] {
    const found: Entity[] = [];
    let covered = 0;
    const longestFirst = this.finder.find(segment.text).sort(bySpan);
    for (const { key, start, end } of longestFirst) {
      const terms = this.terms.get(key);
      const type = terms?.[0]?.type;
      if (start < covered || terms === undefined || type === undefined) continue;
      covered = end;
      const place = toDocument(segment, start, end);
      const concepts = terms
        .filter((term) => term.type === type)
        .map(({ id, name }) => ({ id, name, source: userSource, method: 'user' as const }));
      const text = document.slice(place.start, place.end);
      found.push({
        ...place,
        text,
        name: typedName(segment.text.slice(start, end)),
        type,
        probability: 1,
        concepts,
      });
    }
    return found;
  }
}
