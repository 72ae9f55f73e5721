import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { importCheckpoint } from '../../runtime/checkpoints/importProcess';
import type { Imported } from '../../runtime/checkpoints/importMessages';
import { downloadModel } from '../../runtime/hub/download';
import type { HubModel } from '../../runtime/hub/hubListing';
import type { HubOptions } from '../../runtime/hub/hubRequest';
import { type ModelTask, taskTable } from '../../protocol/tasks';

/** A model folder that was made by an import. */
export interface StoredModel {
  readonly folder: string;
  readonly name: string;
  readonly task: string;
}

export interface ImportWork {
  /** The task that the user chose the model for. The checkpoint itself may have another task. */
  readonly task: ModelTask;
  readonly signal: AbortSignal;
  readonly report: (share: number) => void;
}

/** Manages the imported models, which are in the global storage folder of the extension. */
export class ModelStore {
  private readonly root: string;
  private readonly importerPath: string;

  constructor(context: vscode.ExtensionContext) {
    this.root = join(context.globalStorageUri.fsPath, 'models');
    this.importerPath = context.asAbsolutePath(join('dist', 'importer.js'));
  }

  async list(): Promise<readonly StoredModel[]> {
    const names = await readdir(this.root).catch(() => []);
    const models = await Promise.all(names.map((name) => readStored(join(this.root, name))));
    return models.flatMap((model) => (model ? [model] : []));
  }

  /** @throws {BioBertError} CHECKPOINT_*; {@link CancelledError} */
  async import(source: string, name: string, { task, signal, report }: ImportWork): Promise<Imported> {
    await mkdir(this.root, { recursive: true });
    const output = await this.freeFolder(name);
    const request = { source, output, name, precision: 'int8', assumedHead: taskTable[task].head } as const;
    return importCheckpoint(request, { importerPath: this.importerPath, signal, onProgress: report });
  }

  /**
   * Downloads and imports a model. After an error the downloaded files are kept, so that another attempt continues.
   * @throws {BioBertError} HUB_*, CHECKPOINT_*; {@link CancelledError}
   */
  async download(model: HubModel, hub: HubOptions, { task, signal, report }: ImportWork): Promise<Imported> {
    const folder = join(this.root, '..', 'downloads', model.commit);
    const onProgress = (bytes: number, total: number) => report((0.9 * bytes) / total);
    await downloadModel(model, { ...hub, signal, folder, onProgress });
    const name = model.repository.split('/').at(-1) ?? model.repository;
    const imported = await this.import(folder, name, {
      task,
      signal,
      report: (share) => report(0.9 + 0.1 * share),
    });
    await rm(folder, { recursive: true, force: true });
    return imported;
  }

  private async freeFolder(name: string): Promise<string> {
    const base = join(this.root, name.replace(/[^\w.-]+/gu, '-').replace(/^\.+/u, '') || 'model');
    for (let number = 1; ; number += 1) {
      const folder = number === 1 ? base : `${base}-${number}`;
      if (!(await stat(folder).catch(() => undefined))) return folder;
    }
  }
}

async function readStored(folder: string): Promise<StoredModel | undefined> {
  try {
    const { name, task } = JSON.parse(await readFile(join(folder, 'biobert.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    return typeof name === 'string' && typeof task === 'string' ? { folder, name, task } : undefined;
  } catch {
    return undefined;
  }
}
