import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Storage } from './resultCache';

/** Returns the storage for a workspace folder, a folder below the extension's storage for this workspace. */
export function storageFor(folder: vscode.WorkspaceFolder, context: vscode.ExtensionContext): Storage {
  const base = context.storageUri ?? context.globalStorageUri;
  const name = createHash('sha256').update(folder.uri.toString()).digest('hex').slice(0, 16);
  return new WorkspaceStorage(vscode.Uri.joinPath(base, 'folders', name));
}

class WorkspaceStorage implements Storage {
  private created: Thenable<void> | undefined;

  constructor(private readonly folder: vscode.Uri) {}

  async read(name: string): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.file(name)));
    } catch {
      // A missing or unreadable record is created again.
      return undefined;
    }
  }

  async write(name: string, content: string): Promise<void> {
    this.created ??= vscode.workspace.fs.createDirectory(this.folder);
    await this.created;
    await vscode.workspace.fs.writeFile(this.file(name), new TextEncoder().encode(content));
  }

  async list(): Promise<readonly string[]> {
    const entries = await vscode.workspace.fs.readDirectory(this.folder);
    return entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
  }

  async remove(name: string): Promise<void> {
    await vscode.workspace.fs.delete(this.file(name));
  }

  private file(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, name);
  }
}
