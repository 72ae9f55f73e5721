import { createSpanCache } from '../../core/entities/spanCache';
import type { DecodedRelation } from '../../core/relations/decode';
import { createTextCache } from '../../core/text/textCache';

/** Caches of model results, one for each task. They stay valid as long as the model of the task is the same. */
export type Caches = ReturnType<typeof createCaches>;

function createCaches() {
  return {
    'token-classification': createSpanCache(),
    'relation-extraction': createTextCache<DecodedRelation>(),
    'question-answering': createTextCache<Float32Array>(),
  };
}

/**
 * The caches of an engine. All requests share them unless each document has its own, which makes the results of a document
 * independent of the documents before it.
 */
export class RequestCaches {
  /** They survive an unload: findings stay true of the same model folder. */
  readonly shared = createCaches();
  private readonly own: Map<string, Caches> | undefined;

  /** @param perDocument Gives each document caches of its own. */
  constructor(perDocument: boolean) {
    this.own = perDocument ? new Map() : undefined;
  }

  /** @returns the caches for a request about `document`, or for one that is about no document. */
  of(document: string | undefined): Caches {
    if (document === undefined || this.own === undefined) return this.shared;
    const caches = this.own.get(document) ?? createCaches();
    this.own.set(document, caches);
    return caches;
  }

  /** Drops the caches that a document has of its own. */
  forget(document: string): void {
    this.own?.delete(document);
  }

  /** Drops the caches of all documents that have their own. */
  forgetAll(): void {
    this.own?.clear();
  }

  /** Empties all caches. */
  clear(): void {
    this.forgetAll();
    for (const cache of Object.values(this.shared)) cache.clear();
  }
}
