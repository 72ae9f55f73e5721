import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { EngineSetup } from '../engine/engineHost';
import type { Settings } from '../settings';
import type { TermFiles } from '../workspace/termFiles';
import type { TaggingOptions } from '../../runtime/folder/indexDocument';

export interface TaggingKeysParts {
  readonly setup: () => Pick<EngineSetup, 'modelPaths' | 'terminologyPath' | 'server'>;
  readonly settings: Settings;
  readonly terms: Pick<TermFiles, 'fingerprint'>;
  /** The version of this extension, on which parsing and rules depend. */
  readonly version: string;
}

/**
 * Says how a document is tagged now. Stored entities with the same key are what tagging would find, so they are shown
 * without the model; the key needs no model in memory.
 */
export class TaggingKeys {
  /** Reading the settings for each of ten thousand documents is slow, so they are read once for each folder. */
  private readonly byFolder = new Map<string, Promise<TaggingOptions>>();

  constructor(private readonly parts: TaggingKeysParts) {}

  optionsFor(uri: vscode.Uri): Promise<TaggingOptions> {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? uri;
    const name = folder.toString();
    const known = this.byFolder.get(name) ?? this.read(folder);
    this.byFolder.set(name, known);
    return known;
  }

  private async read(scope: vscode.Uri): Promise<TaggingOptions> {
    const { setup, settings, terms, version } = this.parts;
    const { modelPaths, terminologyPath, server } = setup();
    const minProbability = settings.minProbability(scope);
    const consistency = settings.consistency(scope);
    const link = settings.read('linking.enabled', scope);
    const folder = modelPaths['token-classification'];
    const model = server ? ['server', server.url] : [folder, await stampOf(path.join(folder, 'model.onnx'))];
    const used = link ? terminologyPath : '';
    const all = [version, model, used, minProbability, consistency, link, await terms.fingerprint()];
    const key = createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, 24);
    return { key, minProbability, consistency, link };
  }
}

/** Differs for files that may differ. */
async function stampOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs } = await fs.stat(file);
    return `${size} ${mtimeMs}`;
  } catch {
    // The run over the folder says what is wrong with the model.
    return 'missing';
  }
}
