import type { Abbreviation, Entity } from '../core/types';
import type { TagProgress } from '../protocol/engine';
import type { TagPart } from '../protocol/engineMessages';

/**
 * Gathers what one request finds, over as many attempts as it takes. Entities come in document order, so a second
 * attempt reports only those beyond the last that the first one reported.
 */
export class TagCollector {
  entities: Entity[] = [];
  abbreviations: Abbreviation[] = [];
  private reportedTo = -1;

  constructor(private readonly onProgress: ((progress: TagProgress) => void) | undefined) {}

  /** An attempt begins. */
  begin(): void {
    this.entities = [];
    this.abbreviations = [];
  }

  add({ done, total, entities, abbreviations }: TagPart): void {
    for (const entity of entities) this.entities.push(entity);
    for (const abbreviation of abbreviations) this.abbreviations.push(abbreviation);
    const fresh = entities.filter(({ start }) => start > this.reportedTo);
    this.reportedTo = fresh.at(-1)?.start ?? this.reportedTo;
    this.onProgress?.({ done, total, entities: fresh });
  }
}
