import { createHash } from 'node:crypto';
import type { DocumentFormat } from '../../core/types';
import { decodeRecord, encodeRecord, type TaggedDocument } from '../entities/record';

/** A folder of small files; the editor's `workspace.fs` below the extension's storage, or a Map in tests. */
export interface Storage {
  /** @returns undefined when there is no such file. */
  read(name: string): Promise<string | undefined>;
  write(name: string, content: string): Promise<void>;
  list(): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/** All that decides a document's entities. Equal keys, equal results. */
export interface RecordKey {
  readonly text: string;
  readonly format: DocumentFormat;
  /** sha256 of the model file. */
  readonly modelHash: string;
  readonly minProbability: number;
  readonly consistency: boolean;
}

/**
 * Remembers what was tagged, by the hash of what went in, so that a cancelled run resumes where it stopped and
 * a repeated run infers only what changed.
 */
export class Ledger {
  private readonly used = new Set<string>();

  constructor(private readonly storage: Storage) {}

  async find(key: RecordKey): Promise<TaggedDocument | undefined> {
    const name = recordName(key);
    const json = await this.storage.read(name);
    const found = json === undefined ? undefined : decodeRecord(json, key.text);
    if (found) this.used.add(name);
    return found;
  }

  async keep(key: RecordKey, tagged: TaggedDocument): Promise<void> {
    const name = recordName(key);
    await this.storage.write(name, encodeRecord(tagged, key.text));
    this.used.add(name);
  }

  /** Removes the records that this run neither found nor made. Only for a run that reached its end. */
  async prune(): Promise<number> {
    const stale = (await this.storage.list()).filter((name) => !this.used.has(name));
    for (const name of stale) await this.storage.remove(name);
    return stale.length;
  }
}

export function recordName({ text, format, modelHash, minProbability, consistency }: RecordKey): string {
  // Lone surrogates have no UTF-8 form: hashing UTF-16 code units keeps different texts different.
  const hash = createHash('sha256').update(JSON.stringify([modelHash, format, minProbability, consistency]));
  return `${hash.update(text, 'utf16le').digest('hex').slice(0, 40)}.json`;
}
