import type { ModelInfo } from './engine';

/** Name and version; of a model without a version, the beginning of its hash. */
export function modelName({ name, version, hash }: Pick<ModelInfo, 'name' | 'version' | 'hash'>): string {
  return `${name} ${version === '' ? hash.slice(0, 12) : version}`;
}

/** As {@link modelName}, with what says beyond doubt which model it was: for files and tooltips. */
export function modelIdentity(model: Pick<ModelInfo, 'name' | 'version' | 'hash'>): string {
  return `${modelName(model)} (sha256 ${model.hash})`;
}
