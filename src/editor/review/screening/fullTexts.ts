import * as vscode from 'vscode';
import { fullTextFile } from '../../../core/review/fullTextNames';
import type { ReviewRecord } from '../../../core/review/reviewData';
import type { DisposableLike } from '../../dispose';
import { documentOfFile } from '../../documents/paperUri';
import { noDocuments } from '../../documents/supportedFiles';
import { requiredFolder } from '../reviewSession';

/** Files that may hold a full text. */
const pattern = '**/*.{pdf,docx,md,txt,html,xml,tex,nxml}';
const maxFiles = 20_000;

const memoryKey = 'review.fullTexts';

/** Finds the files with the full texts of records, by their names or as the reviewer chose them. */
export class FullTexts {
  constructor(private readonly memory: vscode.Memento) {}

  async find(record: ReviewRecord): Promise<vscode.Uri | undefined> {
    const chosen = this.chosen[record.id];
    if (chosen !== undefined) {
      const uri = vscode.Uri.parse(chosen);
      if (await exists(uri)) return uri;
    }
    const files = await vscode.workspace.findFiles(pattern, noDocuments, maxFiles);
    const path = fullTextFile(
      record,
      files.map((file) => file.path),
    );
    return files.find((file) => file.path === path);
  }

  /** Calls `listener` when a file comes into the folder that may be a full text. */
  watch(listener: () => void): DisposableLike {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, true, true);
    watcher.onDidCreate(listener);
    return watcher;
  }

  /** Opens a full text beside the view, which keeps the focus. Of a PDF it opens the text. */
  async open(file: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(documentOfFile(file));
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  /** Lets the reviewer choose the file of a record. @returns undefined if none was chosen. */
  async choose(record: ReviewRecord): Promise<vscode.Uri | undefined> {
    const [file] =
      (await vscode.window.showOpenDialog({
        defaultUri: requiredFolder(),
        title: record.title ?? record.id,
        openLabel: vscode.l10n.t('Use as Full Text'),
      })) ?? [];
    if (file) await this.memory.update(memoryKey, { ...this.chosen, [record.id]: file.toString() });
    return file;
  }

  /** By record, the chosen file as a URI. */
  private get chosen(): Readonly<Partial<Record<string, string>>> {
    return this.memory.get<Readonly<Record<string, string>>>(memoryKey, {});
  }
}

function exists(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(
    vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    ),
  );
}
