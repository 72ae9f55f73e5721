/** The files beside a graph that hold its weights: the graph says which, and it may come from anyone. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, isAbsolute, sep } from 'node:path';
import { type ExternalFile, externalFiles } from '../../convert/externalData';
import type { ByteSource } from '../../convert/messageFields';
import { BioBertError, errorCodes } from '../../core/errors';
import type { ModelFiles } from './modelFiles';

/**
 * Checks that the weights of a graph are files of its own folder, and as long as it says.
 * @returns their names within the model folder.
 * @throws {BioBertError} MODEL_FILE_MISSING, MODEL_FILE_DAMAGED
 */
export async function checkWeightFiles(files: ModelFiles, onnxFile: string): Promise<string[]> {
  const found = externalFilesOf(files, onnxFile);
  const names: string[] = [];
  for (const { location, bytes } of found) {
    if (!isNameOfFile(location)) throw outside(files, onnxFile, location);
    const name = posix.join(posix.dirname(onnxFile), location);
    const size = await files.sizeOf(name);
    if (!(await liesBeside(files.pathOf(onnxFile), files.pathOf(name)))) {
      throw outside(files, onnxFile, location);
    }
    if (size < bytes) {
      throw files.damaged(name, `has ${size} bytes where ${onnxFile} needs ${bytes}`);
    }
    names.push(name);
  }
  return names;
}

/**
 * The same files, for the runtime that cannot open any itself.
 * @throws {Error} where one is missing, or lies elsewhere.
 */
export function readExternalData(
  model: Uint8Array,
  path: string,
): Promise<readonly { readonly path: string; readonly data: Uint8Array }[]> {
  return Promise.all(
    externalFiles(model).map(async ({ location }) => {
      if (!isNameOfFile(location)) throw new Error('The weights lie outside the folder.');
      return { path: location, data: await readFile(join(dirname(path), location)) };
    }),
  );
}

function externalFilesOf(files: ModelFiles, onnxFile: string): readonly ExternalFile[] {
  try {
    return withFile(files.pathOf(onnxFile), externalFiles);
  } catch (error) {
    throw files.damaged(onnxFile, 'is cut off, or no ONNX model', error);
  }
}

/** No path, on any system. */
function isNameOfFile(location: string): boolean {
  return /^[\w-][\w.-]*$/u.test(location);
}

/**
 * Links are followed first. Both may be links into one folder: so does the cache of Hugging Face keep its files, and
 * who made such a folder could not choose what lies there.
 */
async function liesBeside(graph: string, weights: string): Promise<boolean> {
  const real = await realpath(weights);
  const folders = await Promise.all([realpath(dirname(graph)), realpath(graph).then(dirname)]);
  return folders.some((folder) => {
    const way = relative(folder, real);
    return way !== '' && !isAbsolute(way) && way.split(sep)[0] !== '..';
  });
}

function outside(files: ModelFiles, onnxFile: string, location: string): BioBertError {
  const shown = basename(location.replaceAll('\\', '/')).slice(0, 100);
  return new BioBertError(
    errorCodes.MODEL_FILE_DAMAGED,
    `The model's file ${files.pathOf(onnxFile)} keeps its weights outside its own folder ("${shown}"), where it has nothing to read.`,
    'Export the model again with its weights beside model.onnx, and do not use this one if you do not know who made it.',
  );
}

const windowBytes = 16 << 10;

/** Runs `action` on the bytes of a file, of which only what it looks at is read. */
function withFile<T>(path: string, action: (source: ByteSource) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    let [from, window] = [0, Buffer.alloc(0)];
    const subarray = (start: number, end: number): Uint8Array => {
      if (start < from || end > from + window.length) {
        const bytes = Buffer.alloc(Math.max(windowBytes, end - start));
        window = bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, start));
        from = start;
      }
      return window.subarray(start - from, end - from);
    };
    return action({ length: size, subarray });
  } finally {
    closeSync(descriptor);
  }
}
