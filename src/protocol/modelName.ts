import { shortHash, type ModelAnnotator } from '../core/exports/annotator';
import type { ModelInfo } from './engine';

type Named = Pick<ModelInfo, 'name' | 'version' | 'hash'>;

/** Name and version; of a model without a version, the beginning of its hash. */
export function modelName({ name, version, hash }: Named): string {
  return `${name} ${version === '' ? shortHash(hash) : version}`;
}

/** As {@link modelName}, with the beginning of the hash in any case: two builds of one version are told apart. */
export function modelIdentity({ name, version, hash }: Named): string {
  const short = shortHash(hash);
  // A model without a version of its own is numbered by its hash.
  const isNumbered = version !== '' && version !== short;
  return `${name}${isNumbered ? ` ${version}` : ''} (${short})`;
}

/** Differs for models that may give different results: of another graph, or with other labels or calibration. */
export function modelKey({ hash, configHash }: Pick<ModelInfo, 'hash' | 'configHash'>): string {
  return `${hash} ${configHash}`;
}

/** As files of annotations name it. */
export function modelAnnotator(model: Named): ModelAnnotator {
  return { name: modelName(model), hash: model.hash };
}
