/** Folders for work that is not complete. Their names have the number of the process, which may be killed. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** A folder of this age, in milliseconds, was left by a process that was killed: no conversion takes a day. */
const abandonedMs = 24 * 60 * 60 * 1000;

/** Beginning of the paths of unpacked archives. */
export const unpackedPrefix = join(tmpdir(), 'biobert-unpacked-');

/** Beginning of the paths of incomplete outputs, in the folder of the output. */
export function partialPrefix(output: string): string {
  return `${resolve(output)}.partial-`;
}

/**
 * Creates a scratch folder of this process, and removes old ones.
 *
 * @param prefix Beginning of its path: {@link unpackedPrefix} or {@link partialPrefix}.
 * @throws {Error} of the file system.
 */
export async function createScratchFolder(prefix: string): Promise<string> {
  await removeScratchFolders(prefix, async (path) => Date.now() - (await stat(path)).mtimeMs > abandonedMs);
  return mkdtemp(`${prefix}${process.pid}-`);
}

/** Removes the scratch folders of a process that has ended. Never rejects. */
export function removeScratchFoldersOf(pid: number, prefix: string): Promise<void> {
  return removeScratchFolders(`${prefix}${pid}-`, () => Promise.resolve(true));
}

/** Never rejects: what is left only takes space. */
async function removeScratchFolders(
  prefix: string,
  isLeft: (path: string) => Promise<boolean>,
): Promise<void> {
  const names = await readdir(dirname(prefix)).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(basename(prefix))) continue;
    const path = join(dirname(prefix), name);
    if (await isLeft(path).catch(() => false))
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
