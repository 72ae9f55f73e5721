import type { TextPassage } from '../../core/types';
import type { PassagesResult } from '../../protocol/engine';
import type { PassagesPart } from '../../protocol/questionMessages';

/** Puts passages together that come in parts, and begins anew when the request is sent again. */
export class PassageCollector {
  private passages: TextPassage[] = [];
  private embeddings: Float32Array[] = [];

  constructor(private readonly isEmbedding: boolean) {}

  begin(): void {
    this.passages = [];
    this.embeddings = [];
  }

  add(part: PassagesPart): void {
    for (const passage of part.passages) this.passages.push(passage);
    for (const vector of part.embeddings) this.embeddings.push(vector);
  }

  get result(): PassagesResult {
    const { passages, embeddings } = this;
    // None of several passages: the model makes none.
    const isComplete = this.isEmbedding && embeddings.length === passages.length;
    return isComplete ? { passages, embeddings } : { passages };
  }
}
