import type { Curation } from '../../core/curation/decisions';
import { marksMethod } from '../../protocol/indexMessages';
import { curatedEntities } from '../../runtime/folder/curatedEntities';
import type { DocumentEntities } from '../../runtime/folder/grouping';
import { decodeRecords } from '../../runtime/folder/record';
import type { IndexClient } from '../../runtime/index/indexClient';

export interface LocalEntitiesParts {
  readonly client: Pick<IndexClient, 'request'>;
  /** Reads the present text of a document. Undefined if it cannot be read. */
  readonly read: (document: string, signal: AbortSignal) => Promise<{ readonly text: string } | undefined>;
}

/** Number of documents in one request to the index. */
const batchSize = 20;

/** The entities of a document, as long as the index has the same. */
interface KnownEntities {
  readonly key: string;
  readonly entities: DocumentEntities;
}

/** The entities in the index, with the decisions of the user. They are decoded once, and kept. */
export class LocalEntities {
  private readonly known = new Map<string, KnownEntities>();

  constructor(private readonly parts: LocalEntitiesParts) {}

  /** Drops what is known of other documents than these. */
  keep(documents: readonly string[]): void {
    const names = new Set(documents);
    for (const document of this.known.keys()) if (!names.has(document)) this.known.delete(document);
  }

  /** @returns the entities of those documents that the models have read. */
  async of(
    documents: readonly string[],
    curation: Curation,
    signal: AbortSignal,
  ): Promise<readonly DocumentEntities[]> {
    const all: DocumentEntities[] = [];
    for (let from = 0; from < documents.length; from += batchSize) {
      const batch = documents.slice(from, from + batchSize);
      const marks = await this.parts.client.request(marksMethod, { documents: batch }, signal);
      for (const { document, content, tagging, records } of marks) {
        const key = JSON.stringify([content, tagging, curation.fingerprint]);
        const known = this.known.get(document);
        const isKnown = known?.key === key;
        const entities = isKnown ? known.entities : await this.decode(document, records, curation, signal);
        if (!entities) continue;
        if (!isKnown) this.known.set(document, { key, entities });
        all.push(entities);
      }
    }
    return all;
  }

  /** @returns undefined if the document has changed since the models read it. */
  private async decode(
    document: string,
    records: readonly string[],
    curation: Curation,
    signal: AbortSignal,
  ): Promise<DocumentEntities | undefined> {
    const read = await this.parts.read(document, signal);
    const decoded = read && decodeRecords(records, read.text);
    if (!read || !decoded) return undefined;
    const { text } = read;
    const covered = { start: 0, end: text.length };
    const entities = curatedEntities({ entities: decoded.entities, covered }, { text }, curation);
    return { ...decoded, document, entities };
  }
}
