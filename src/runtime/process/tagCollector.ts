import type { Abbreviation, Entity, Span } from '../../core/types';
import type { TaggerProgress } from '../../core/entities/pipeline';
import type { TagPart } from '../../protocol/engineMessages';

/**
 * Collects the entities of one request, which may take several attempts. Entities arrive in document order, so a second
 * attempt reports only the entities after the last one that the first attempt reported.
 */
export class TagCollector {
  abbreviations: Abbreviation[] = [];
  private tagged: Entity[] = [];
  private added: Entity[] = [];
  private readonly withdrawn = new Set<string>();
  private reportedTo = -1;

  constructor(private readonly onProgress: ((progress: TaggerProgress) => void) | undefined) {}

  /** All entities in document order, with the corrections applied. Complete only after all parts have arrived. */
  get entities(): readonly Entity[] {
    if (this.added.length === 0 && this.withdrawn.size === 0) return this.tagged;
    const kept = this.tagged.filter((entity) => !this.withdrawn.has(placeOf(entity)));
    return [...kept, ...this.added].sort((a, b) => a.start - b.start);
  }

  /** Starts a new attempt and discards the entities of the previous one. */
  begin(): void {
    this.tagged = [];
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
    for (const entity of entities) this.tagged.push(entity);
    const fresh = entities.filter(({ start }) => start > this.reportedTo);
    this.reportedTo = fresh.at(-1)?.start ?? this.reportedTo;
    this.onProgress?.({ done, total, entities: fresh });
  }
}

function placeOf({ start, end }: Span): string {
  return `${start} ${end}`;
}
