import { createHash } from 'node:crypto';
import type { ModelInfo } from '../protocol/engine';

/** Everything beside the documents that decides what an index says. */
export interface FingerprintParts {
  /** Version of this program: its parsers, decoding and rules. */
  readonly version: string;
  /** The parsed options of the command, with the types that are found. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The models that are used, the tagger first. */
  readonly models: readonly Pick<ModelInfo, 'task' | 'hash' | 'configHash'>[];
  /** Identifies the terminology that links names to concepts. Undefined: no linking. */
  readonly terminology?: string | undefined;
}

/** Options that change where or how fast an index is made, and not what is in it. All other options count. */
export const optionsWithoutEffect: readonly string[] = [
  'output',
  'quiet',
  'prune',
  'shard',
  'takeOver',
  'concurrency',
  'threads',
  'device',
  'allowHttp',
  // Paths of models; what they hold is among the parts.
  'tagger',
  'relations',
  'terminology',
];

/**
 * Identifies how an index is made. A document is read again if the fingerprint of its line is another one, or if its own
 * bytes changed. An option counts unless it is listed as one without effect, so that a new option cannot be forgotten.
 * @returns 32 hexadecimal digits.
 */
export function fingerprint({ version, options, models, terminology }: FingerprintParts): string {
  const effective = Object.entries(options).filter(
    ([name, value]) => value !== undefined && !optionsWithoutEffect.includes(name),
  );
  const parts = {
    version,
    options: effective.sort(([a], [b]) => (a < b ? -1 : 1)),
    models: models.map(({ task, hash, configHash }) => [task, hash, configHash]),
    terminology,
  };
  return shortHash(JSON.stringify(parts));
}

/** Identifies the content of a file. @returns 32 hexadecimal digits. */
export function contentStamp(bytes: Uint8Array): string {
  return shortHash(bytes);
}

function shortHash(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 32);
}
