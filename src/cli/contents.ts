import { contentStamp } from './fingerprint';
import { readInput } from './inputs';

export interface Content {
  readonly bytes: Uint8Array;
  readonly stamp: string;
}

/**
 * The content of documents between two steps of a run: the first compares it with an index, the second reads it if it
 * is new. Each document is read once, so that the stamp in the index is that of the text that was read.
 */
export class Contents {
  private readonly pending = new Map<string, Content>();

  /** Reads a document, and keeps it for {@link take}. @throws as `readInput`. */
  async read(document: string, signal: AbortSignal): Promise<Content> {
    const bytes = await readInput(document, signal);
    const content = { bytes, stamp: contentStamp(bytes) };
    this.pending.set(document, content);
    return content;
  }

  /** The content, which is forgotten. @throws as `readInput`. */
  async take(document: string, signal: AbortSignal): Promise<Content> {
    const content = this.pending.get(document) ?? (await this.read(document, signal));
    this.forget(document);
    return content;
  }

  forget(document: string): void {
    this.pending.delete(document);
  }
}
