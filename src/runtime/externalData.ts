import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { externalFiles } from '../core/checkpoints/externalData';

/**
 * The files beside a graph that hold its weights, for the runtime that cannot open files itself.
 * @throws {Error} where one is missing, or lies elsewhere.
 */
export function readExternalData(
  model: Uint8Array,
  path: string,
): Promise<readonly { readonly path: string; readonly data: Uint8Array }[]> {
  return Promise.all(
    externalFiles(model).map(async (name) => {
      if (name !== basename(name) || name === '..') throw new Error('The weights lie outside the folder.');
      return { path: name, data: await readFile(join(dirname(path), name)) };
    }),
  );
}
