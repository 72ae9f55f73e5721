import { shownTypes } from '../../core/entities/entities';
import { readLabels } from '../../core/entities/labels';
import type { TaggerConfig } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import { ModelFiles } from './modelFiles';
import {
  checkArchitecture,
  type CheckedFolder,
  checkFolder,
  manifestFile,
  readLabelNames,
} from './modelFolder';
import { foreignManifest, readManifest } from './modelManifest';

/** The folder of a tagger, checked. */
export interface TaggerFolder extends Omit<CheckedFolder, 'bert' | 'maxTokens' | 'info'> {
  readonly config: TaggerConfig;
  readonly info: Omit<ModelInfo, 'runtime'>;
}

/**
 * Reads and checks the folder of a tagger in the Hugging Face layout, with `biobert.json` or without.
 * @throws {BioBertError} MODEL_* naming the file and the mend.
 */
export async function readTaggerFolder(path: string): Promise<TaggerFolder> {
  const files = new ModelFiles(path, 'token-classification');
  await files.checkFolder();
  const manifestJson = await files.readJson(manifestFile);
  const manifest = manifestJson ? readManifest(manifestJson) : foreignManifest;
  const { bert, maxTokens, info, ...folder } = await checkFolder(files, manifest);
  checkArchitecture(bert, files.task);
  const { tokenTypes = 'none', packing, decoding, calibration, hiddenTypes, nameWeights } = manifest;
  const labels = readLabelNames(bert).map((name) => manifest.labels.get(name) ?? name);
  return {
    ...folder,
    config: { labels, decoding, tokenTypes, packing, calibration, maxTokens, hiddenTypes, nameWeights },
    // Throws where they cannot be read.
    info: { ...info, types: shownTypes(readLabels(labels), hiddenTypes) },
  };
}
