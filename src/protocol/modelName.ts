import type { ModelInfo } from './engine';

/** Name and version; of a model without a version, the beginning of its hash. */
export function modelName({ name, version, hash }: Pick<ModelInfo, 'name' | 'version' | 'hash'>): string {
  return `${name} ${version === '' ? hash.slice(0, 12) : version}`;
}
