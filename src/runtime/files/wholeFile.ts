/** Steps for replacing a file as a whole: readers see the old content or the new one, also after a crash. */
import { randomUUID } from 'node:crypto';
import { access, constants, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, isInUse } from './errorCode';

/** Windows refuses to replace a file that another program, such as a virus scanner, has open. */
const moveAttempts = 8;

/** The ending of a file that is written beside another one and then renamed over it. */
export function temporaryEnding(): string {
  return `.tmp-${randomUUID().slice(0, 8)}`;
}

/** @returns undefined if the file is missing. A byte order mark is removed. */
export async function readTextIfPresent(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await readFile(file));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Returns the file that a link points to, so that replacing it does not replace the link.
 *
 * @throws EACCES, EPERM or EROFS if the file exists and is read-only. A replacement needs rights to the folder only.
 */
export async function writableTarget(file: string): Promise<string> {
  try {
    const target = await realpath(file);
    await access(target, constants.W_OK);
    return target;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return file;
    throw error;
  }
}

/** Writes a new file and waits until it is on the disk. It is removed if it cannot be written completely. */
export async function writeNewFile(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    // Without this, a power cut after the rename may leave an empty file.
    await handle.sync();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(file, { force: true });
    throw error;
  }
  await handle.close();
}

/** Gives a file another name. A file of that name is replaced in one step; its permissions are kept. */
export async function moveOver(from: string, to: string): Promise<void> {
  await keepMode(from, to);
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!isInUse(error) || attempt === moveAttempts) throw error;
      await sleep(10 * 2 ** attempt);
    }
  }
}

async function keepMode(from: string, to: string): Promise<void> {
  try {
    const { mode } = await stat(to);
    const handle = await open(from, 'r');
    await handle.chmod(mode).finally(() => handle.close());
  } catch {
    // The file is new, or the file system has no permissions.
  }
}

/**
 * Replaces a file as a whole, or the file that a link points to. If that fails, the file keeps its content and nothing
 * is left beside it.
 *
 * @throws as {@link writableTarget}, and the errors of the file system.
 */
export async function replaceWhole(file: string, text: string): Promise<void> {
  const target = await writableTarget(file);
  const written = target + temporaryEnding();
  await writeNewFile(written, text);
  try {
    await moveOver(written, target);
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
}
