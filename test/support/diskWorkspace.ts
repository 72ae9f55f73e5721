/** A workspace folder on the disk for the fake `vscode` module. */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { EventEmitter, FileSystemError, Uri, workspace } from '../unit/editor/vscode';

const errors: Readonly<Record<string, string>> = {
  ENOENT: 'FileNotFound',
  EEXIST: 'FileExists',
  EACCES: 'NoPermissions',
  EPERM: 'NoPermissions',
};

/** Fails as `vscode.workspace.fs` does: an error without a name of its own has the system's words in its message. */
async function checked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new FileSystemError(errors[code] ?? 'Unknown', message);
  }
}

/** Works as VS Code's file service does: a write truncates the file first, and a rename deletes its target first. */
const diskFs = {
  stat: ({ fsPath }: Uri) =>
    checked(async () => {
      const { mtimeMs, size } = await fs.stat(fsPath);
      return { mtime: mtimeMs, size };
    }),
  readFile: ({ fsPath }: Uri) => checked(() => fs.readFile(fsPath)),
  writeFile: ({ fsPath }: Uri, content: Uint8Array) =>
    checked(async () => {
      await fs.mkdir(path.dirname(fsPath), { recursive: true });
      const handle = await fs.open(fsPath, 'w');
      await handle.write(content).finally(() => handle.close());
    }),
  rename: (from: Uri, to: Uri, { overwrite = false } = {}) =>
    checked(async () => {
      if (overwrite) await fs.rm(to.fsPath, { force: true });
      await fs.rename(from.fsPath, to.fsPath);
    }),
  delete: ({ fsPath }: Uri) => checked(() => fs.rm(fsPath)),
  readDirectory: ({ fsPath }: Uri) =>
    checked(async () => (await fs.readdir(fsPath)).map((name) => [name, 1] as const)),
};

/**
 * Opens folders in the fake `vscode` module.
 *
 * @param folder Path of the first folder.
 * @param scheme `file`, or another one for a virtual workspace whose files happen to be on the disk.
 * @param others Paths of further folders, none inside another. Default: there is one folder.
 * @returns fires when a file of the workspace changed, as a file watcher does.
 */
export function openWorkspace(
  folder: string,
  scheme = 'file',
  others: readonly string[] = [],
): EventEmitter<void> {
  const changed = new EventEmitter<void>();
  const never = new EventEmitter<void>().event;
  const workspaceFolders = [folder, ...others].map((each, index) => ({
    uri: Uri.parse(`${scheme}://${each}`),
    name: path.basename(each),
    index,
  }));
  const folderOf = (uri: Uri) =>
    workspaceFolders.find(
      (each) =>
        uri.scheme === scheme && uri.authority === '' && `${uri.path}/`.startsWith(`${each.uri.path}/`),
    );
  Object.assign(workspace, {
    workspaceFolders,
    fs: diskFs,
    getWorkspaceFolder: folderOf,
    asRelativePath: (uri: Uri) => path.posix.relative(folderOf(uri)?.uri.path ?? '', uri.path),
    createFileSystemWatcher: () => ({
      onDidCreate: never,
      onDidChange: changed.event,
      onDidDelete: never,
      dispose: () => undefined,
    }),
  });
  return changed;
}
