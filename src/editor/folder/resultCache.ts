import { createHash } from 'node:crypto';
import type { DocumentFormat } from '../../core/types';
import { decodeRecord, encodeRecord, type TaggedDocument } from '../entities/record';

/** A folder of small files: `workspace.fs` below the storage of the extension, or a Map in tests. */
export interface Storage {
  /** @returns undefined if the file does not exist. */
  read(name: string): Promise<string | undefined>;
  write(name: string, content: string): Promise<void>;
  list(): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/** Everything that the entities of a document depend on. Equal keys have equal results. */
export interface RecordKey {
  readonly text: string;
  readonly format: DocumentFormat;
  /** SHA-256 of the model file and of its configuration, and the fingerprint of the user's decisions. */
  readonly modelHash: string;
  readonly minProbability: number;
  readonly consistency: boolean;
  /** The terminology that mentions are linked to. Empty if they are not linked. */
  readonly terminology: string;
  /** The version of this extension, on which parsing and rules depend. */
  readonly version: string;
}

/**
 * Stores results on disk, named by a hash of the input. A cancelled run thereby resumes where it stopped, and a
 * repeated run tags only changed documents.
 */
export class ResultCache {
  private readonly usedNames = new Set<string>();

  constructor(private readonly storage: Storage) {}

  async find(key: RecordKey): Promise<TaggedDocument | undefined> {
    const name = recordName(key);
    const json = await this.storage.read(name);
    const result = json === undefined ? undefined : decodeRecord(json, key.text);
    if (result) this.usedNames.add(name);
    return result;
  }

  async store(key: RecordKey, tagged: TaggedDocument): Promise<void> {
    const name = recordName(key);
    await this.storage.write(name, encodeRecord(tagged, key.text));
    this.usedNames.add(name);
  }

  /** Removes the records that this run neither found nor stored. Call it only after a complete run. */
  async prune(): Promise<number> {
    const stale = (await this.storage.list()).filter((name) => !this.usedNames.has(name));
    for (const name of stale) await this.storage.remove(name);
    return stale.length;
  }
}

export function recordName({
  text,
  format,
  modelHash,
  minProbability,
  consistency,
  terminology,
  version,
}: RecordKey): string {
  // The text is hashed as UTF-16, since lone surrogates have no distinct UTF-8 encoding.
  const hash = createHash('sha256').update(
    JSON.stringify([version, modelHash, format, minProbability, consistency, terminology]),
  );
  return `${hash.update(text, 'utf16le').digest('hex').slice(0, 40)}.json`;
}
