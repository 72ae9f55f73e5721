import type { Relation } from '../../core/types';
import type { RelateProgress } from '../../core/relations/relate';

/**
 * Gathers what one request finds, over as many attempts as it takes. Relations come in the same order each time, so a
 * second attempt reports only those beyond the number that the first one reported.
 */
export class RelationCollector {
  relations: Relation[] = [];
  private reported = 0;

  constructor(private readonly onProgress: ((progress: RelateProgress) => void) | undefined) {}

  /** An attempt begins. */
  begin(): void {
    this.relations = [];
  }

  add({ done, total, relations }: RelateProgress): void {
    const before = this.relations.length;
    for (const relation of relations) this.relations.push(relation);
    const fresh = relations.slice(Math.max(0, this.reported - before));
    this.reported = Math.max(this.reported, this.relations.length);
    this.onProgress?.({ done, total, relations: fresh });
  }
}
