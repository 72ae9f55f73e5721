import * as vscode from 'vscode';
import { withLock } from '../../runtime/files/fileLock';
import {
  moveOver,
  readTextIfPresent,
  temporaryEnding,
  writableTarget,
  writeNewFile,
} from '../../runtime/files/wholeFile';

/** Access to a text file that several windows write. */
export interface FileAccess {
  /** @returns undefined if there is no file. */
  read(uri: vscode.Uri): Promise<string | undefined>;
  /** The file that is replaced: the target of a link. @throws if the file is read-only. */
  target(uri: vscode.Uri): Promise<vscode.Uri>;
  /** Writes a new file. */
  write(uri: vscode.Uri, text: string): Promise<void>;
  /**
   * Gives a file another name and replaces a file of that name.
   *
   * @param text The content of the file, for a virtual file system that cannot rename: it is written in place there.
   * Undefined if it must not be written in place, because the content that it replaces has no copy.
   */
  move(from: vscode.Uri, to: vscode.Uri, text?: string): Promise<void>;
  /**
   * Runs `work` while no other window of this machine does.
   *
   * @param busy Makes the error if another window does not finish in time.
   */
  exclusively<T>(uri: vscode.Uri, busy: () => Error, work: () => Promise<T>): Promise<T>;
}

const lockWaitMs = 15_000;

/** Age from which a temporary file belongs to a window that was killed, in milliseconds. */
const leftoverMs = 60_000;

/**
 * Files of this machine. `vscode.workspace.fs` is not used for them: it truncates a file before it writes it, deletes
 * the target of a rename first, and cannot create a file exclusively, which a lock needs.
 */
const diskAccess: FileAccess = {
  read: ({ fsPath }) => readTextIfPresent(fsPath),
  target: async ({ fsPath }) => vscode.Uri.file(await writableTarget(fsPath)),
  write: ({ fsPath }, text) => writeNewFile(fsPath, text),
  move: (from, to) => moveOver(from.fsPath, to.fsPath),
  exclusively: ({ fsPath }, busy, work) => withLock(`${fsPath}.lock`, { patienceMs: lockWaitMs, busy }, work),
};

/** Files of a virtual workspace. There is no lock; {@link replaceFile} notices another writer afterwards. */
const virtualAccess: FileAccess = {
  async read(uri) {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
      throw error;
    }
  },
  target: (uri) => Promise.resolve(uri),
  write: async (uri, text) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text)),
  async move(from, to, text) {
    try {
      await vscode.workspace.fs.rename(from, to, { overwrite: true });
    } catch (error) {
      if (text === undefined) throw error;
      await this.write(to, text);
    }
  },
  exclusively: (_uri, _busy, work) => work(),
};

export function accessTo(uri: vscode.Uri): FileAccess {
  return uri.scheme === 'file' ? diskAccess : virtualAccess;
}

/** The file beside `uri` whose name has a further ending. */
export function beside(uri: vscode.Uri, ending: string): vscode.Uri {
  return uri.with({ path: uri.path + ending });
}

/**
 * Replaces a file as a whole. The previous content becomes `NAME.bak`.
 *
 * @param previous The content that `text` was made from; undefined if there was no file.
 * @returns false if another program changed the file meanwhile; then `text` must be made again from the new content.
 * @throws the error of the file system. The file has its previous content then.
 */
export async function replaceFile(
  access: FileAccess,
  uri: vscode.Uri,
  text: string,
  previous: string | undefined,
): Promise<boolean> {
  const target = await access.target(uri);
  const written = beside(target, temporaryEnding());
  await access.write(written, text);
  try {
    if ((await access.read(target)) !== previous) return false;
    const isSafe = previous === undefined || (await backUp(access, target, previous));
    await access.move(written, target, isSafe ? text : undefined);
  } finally {
    // It has gone already after a rename.
    await remove(written);
  }
  return (await access.read(target)) === text;
}

/**
 * Removes files beside `uri` that a window left there when it was killed: `NAME.tmp-…`, `NAME.bak.tmp-…` and
 * `NAME.lock.tmp-…`.
 */
export async function removeLeftovers(uri: vscode.Uri): Promise<void> {
  const folder = vscode.Uri.joinPath(uri, '..');
  const name = uri.path.slice(folder.path.length + 1);
  for (const [each] of await vscode.workspace.fs.readDirectory(folder)) {
    const isTemporary = each.startsWith(name) && /^(?:\.bak|\.lock)?\.tmp-/u.test(each.slice(name.length));
    const found = vscode.Uri.joinPath(folder, each);
    if (isTemporary && Date.now() - (await vscode.workspace.fs.stat(found)).mtime > leftoverMs)
      await remove(found);
  }
}

/**
 * Writes `NAME.bak`. A failure is no reason to refuse the change, because the new content is on the disk already.
 *
 * @returns false if the copy could not be written.
 */
async function backUp(access: FileAccess, target: vscode.Uri, previous: string): Promise<boolean> {
  const copy = beside(target, '.bak');
  const written = beside(copy, temporaryEnding());
  try {
    if ((await access.read(copy)) === undefined) await ignoreWorkingFiles(access, target);
    await access.write(written, previous);
    await access.move(written, copy, previous);
    return true;
  } catch {
    return false;
  } finally {
    await remove(written);
  }
}

/** Tells git to leave out the copies, unless the folder has rules of its own. */
async function ignoreWorkingFiles(access: FileAccess, target: vscode.Uri): Promise<void> {
  const rules = vscode.Uri.joinPath(target, '..', '.gitignore');
  if ((await access.read(rules)) === undefined) await access.write(rules, '*.bak\n*.lock*\n*.tmp-*\n');
}

async function remove(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri);
  } catch {
    // It does not exist.
  }
}
