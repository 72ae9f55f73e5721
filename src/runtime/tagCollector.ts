import type { Abbreviation, Entity } from '../core/types';
import type { TagProgress } from '../protocol/engine';
import type { TagPart } from '../protocol/engineMessages';

/**
 * Gathers what one request finds, over as many attempts as it takes. The same text gives the same entities in the
 * same order, so a second attempt reports only what the first had not.
 */
export class TagCollector {
  entities: Entity[] = [];
  abbreviations: Abbreviation[] = [];
  private reported = 0;

  constructor(private readonly onProgress: ((progress: TagProgress) => void) | undefined) {}

  /** An attempt begins. */
  begin(): void {
    this.entities = [];
    this.abbreviations = [];
  }

  add({ done, total, entities, abbreviations }: TagPart): void {
    const before = this.entities.length;
    for (const entity of entities) this.entities.push(entity);
    for (const abbreviation of abbreviations) this.abbreviations.push(abbreviation);
    const fresh = entities.slice(Math.max(0, this.reported - before));
    this.reported = Math.max(this.reported, this.entities.length);
    this.onProgress?.({ done, total, entities: fresh });
  }
}
