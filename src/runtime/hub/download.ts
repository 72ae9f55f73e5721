/** Downloads the files of a model, complete and checked, or not at all. Partial files are kept for the next attempt. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
import { checkSpace } from '../files/diskSpace';
import { describeOwner, type FileLock, tryLock } from '../files/fileLock';
import { bodyOf } from '../httpRequest';
import { notAsPromised } from './hubErrors';
import type { HubFile, HubModel } from './hubListing';
import { type HubOptions, request, withRetries } from './hubRequest';

export interface DownloadOptions extends HubOptions {
  /** The folder of the files. Partial files of earlier attempts are continued there. */
  readonly folder: string;
  readonly onProgress?: ((bytes: number, total: number) => void) | undefined;
}

/**
 * Downloads the files of a model that {@link listModel} has found.
 *
 * @example
 * ```ts
 * const model = await listModel('dmis-lab/biobert-v1.1', options);
 * await downloadModel(model, { ...options, folder: 'downloads/biobert-v1.1' });
 * ```
 *
 * @throws {BioBertError} HUB_*, OUTPUT_UNWRITABLE; {@link CancelledError}, after which the partial files stay.
 */
export async function downloadModel(model: HubModel, options: DownloadOptions): Promise<void> {
  const total = model.files.reduce((sum, { bytes }) => sum + bytes, 0);
  await mkdir(options.folder, { recursive: true });
  const lock = await lockFolder(options.folder);
  try {
    let before = 0;
    for (const file of model.files) {
      const target = join(options.folder, file.name);
      const done = before;
      const onBytes = (bytes: number) => options.onProgress?.(done + bytes, total);
      if ((await sizeOf(target)) !== file.bytes) await downloadFile(model, file, { ...options, onBytes });
      before += file.bytes;
      options.onProgress?.(before, total);
    }
  } finally {
    await lock.release();
  }
}

type FileOptions = DownloadOptions & { readonly onBytes: (bytes: number) => void };

async function downloadFile(model: HubModel, file: HubFile, options: FileOptions): Promise<void> {
  const target = join(options.folder, file.name);
  const part = `${target}.part`;
  await checkSpace(options.folder, file.bytes - (await sizeOf(part)));
  await withRetries(options, (progressed) => continuePart(model, file, part, { ...options, progressed }));
  const hash = hashFor(file);
  for await (const chunk of createReadStream(part, { signal: options.signal })) hash.update(chunk as Buffer);
  if (hash.digest('hex') !== file.sum.value) {
    await rm(part, { force: true });
    throw notAsPromised(`The hub sent another ${file.name} than it lists: its sum differs.`);
  }
  await rename(part, target);
}

/** Hashes as the listing does: SHA-256 of the content, or SHA-1 of the git blob, which begins with the length. */
function hashFor({ bytes, sum }: HubFile): Hash {
  return sum.kind === 'sha256' ? createHash('sha256') : createHash('sha1').update(`blob ${bytes}\0`);
}

async function continuePart(
  { repository, commit }: HubModel,
  file: HubFile,
  part: string,
  options: FileOptions & { readonly progressed: () => void },
): Promise<void> {
  let start = await sizeOf(part);
  if (start > file.bytes) start = 0;
  if (start === file.bytes && start > 0) return;
  const url = `${options.endpoint.replace(/\/+$/u, '')}/${repository}/resolve/${commit}/${file.name}`;
  // Only the uncompressed file can be continued at an offset.
  const headers = {
    'accept-encoding': 'identity',
    ...(start > 0 ? { range: `bytes=${start}-` } : {}),
  };
  await request(url, headers, { ...options, repository }, async (response, alive) => {
    if (start > 0 && !continuesAt(response, start)) start = 0;
    if (response.status === 416) return rm(part, { force: true });
    await append(response, part, start, file, { ...options, alive });
  });
  if ((await sizeOf(part)) !== file.bytes) throw new Error('The connection ended early');
}

function continuesAt({ status, headers }: Response, start: number): boolean {
  return status === 206 && (headers.get('content-range') ?? '').startsWith(`bytes ${start}-`);
}

interface Append {
  readonly alive: () => void;
  readonly progressed: () => void;
  readonly onBytes: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

async function append(
  response: Response,
  part: string,
  start: number,
  file: HubFile,
  { alive, progressed, onBytes, signal }: Append,
): Promise<void> {
  const handle = await open(part, start > 0 ? 'r+' : 'w');
  try {
    let at = start;
    for await (const chunk of bodyOf(response)) {
      throwIfCancelled(signal);
      alive();
      if (at + chunk.byteLength > file.bytes) {
        await handle.truncate(0);
        throw notAsPromised(`The hub sends more of ${file.name} than it lists.`);
      }
      await handle.write(chunk, 0, chunk.byteLength, at);
      at += chunk.byteLength;
      progressed();
      onBytes(at);
    }
  } finally {
    await handle.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

/** Makes sure that only one process writes to the folder. @throws {BioBertError} HUB_BUSY */
async function lockFolder(folder: string): Promise<FileLock> {
  const attempt = await tryLock(join(folder, '.lock'));
  if ('lock' in attempt) return attempt.lock;
  throw new BioBertError(
    errorCodes.HUB_BUSY,
    `This model is being downloaded by ${describeOwner(attempt.owner)}.`,
    'Wait until it has ended.',
  );
}
