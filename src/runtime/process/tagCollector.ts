import type { Abbreviation, Entity, Span } from '../../core/types';
import type { TaggerProgress } from '../../core/entities/pipeline';
import type { TagPart } from '../../protocol/engineMessages';

/**
 * Gathers what one request finds, over as many attempts as it takes. Entities come in document order, so a second
 * attempt reports only those beyond the last that the first one reported.
 */
export class TagCollector {
  abbreviations: Abbreviation[] = [];
  private found: Entity[] = [];
  private added: Entity[] = [];
  private readonly withdrawn = new Set<string>();
  private reportedTo = -1;

  constructor(private readonly onProgress: ((progress: TaggerProgress) => void) | undefined) {}

  /** What was found, corrected, in document order. To be asked when all parts have come. */
  get entities(): readonly Entity[] {
    if (this.added.length === 0 && this.withdrawn.size === 0) return this.found;
    const kept = this.found.filter((entity) => !this.withdrawn.has(placeOf(entity)));
    return [...kept, ...this.added].sort((a, b) => a.start - b.start);
  }

  /** An attempt begins. */
  begin(): void {
    this.found = [];
    this.added = [];
    this.withdrawn.clear();
    this.abbreviations = [];
  }

  add({ done, total, entities, abbreviations, withdrawn }: TagPart): void {
    for (const abbreviation of abbreviations) this.abbreviations.push(abbreviation);
    if (withdrawn) {
      for (const entity of entities) this.added.push(entity);
      for (const span of withdrawn) this.withdrawn.add(placeOf(span));
      return;
    }
    for (const entity of entities) this.found.push(entity);
    const fresh = entities.filter(({ start }) => start > this.reportedTo);
    this.reportedTo = fresh.at(-1)?.start ?? this.reportedTo;
    this.onProgress?.({ done, total, entities: fresh });
  }
}

function placeOf({ start, end }: Span): string {
  return `${start} ${end}`;
}
