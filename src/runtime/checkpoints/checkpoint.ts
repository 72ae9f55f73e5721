/** A checkpoint on disk: finds its files, whichever library wrote them, and reads its tensors. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { crc32c } from '../../convert/crc32c';
import { damaged } from '../../convert/errors';
import { lengthBytes, readHeader, readHeaderLength } from '../../convert/safetensors';
import { gather, rowMajor, type StoredTensor, toFloats } from '../../convert/storedTensor';
import { readTensorBundle } from '../../convert/tensorBundle';
import { BioBertError, errorCodes } from '../../core/errors';
import { areFinite } from '../../core/tensors/finite';
import { isRecord, isString } from '../../protocol/guards';
import { isFile, kindOf, maxSmallBytes, PartFile, readJson } from './files';
import { readTorchFile } from './torchFile';

/** The weight files of a checkpoint. */
export interface CheckpointFiles {
  readonly folder: string;
  /** Names of the weight files: one file, or its shards. */
  readonly weights: readonly string[];
  readonly format: 'safetensors' | 'pytorch' | 'tensorflow';
}

export class Checkpoint {
  private constructor(
    readonly files: CheckpointFiles,
    /** `config.json`, or `bert_config.json` of the original release. */
    readonly config: Readonly<Record<string, unknown>>,
    readonly tensors: readonly StoredTensor[],
    private readonly open: ReadonlyMap<string, PartFile>,
  ) {}

  /**
   * @param path A folder, or the file with the weights in it.
   * @throws {BioBertError} CHECKPOINT_*
   */
  static async open(path: string): Promise<Checkpoint> {
    const files = await findFiles(path);
    const config = await readConfig(files.folder);
    const open = new Map<string, PartFile>();
    const file = async (name: string) => {
      const known = open.get(name) ?? (await PartFile.open(join(files.folder, name)));
      open.set(name, known);
      return known;
    };
    try {
      const tensors = new Map<string, StoredTensor>();
      for (const name of files.weights) {
        for (const tensor of await readTensors(files.format, name, file)) {
          if (tensors.has(tensor.name)) throw damaged(name, `has a second tensor ${tensor.name}`);
          tensors.set(tensor.name, tensor);
        }
      }
      return new Checkpoint(files, config, [...tensors.values()], open);
    } catch (error) {
      await closeAll(open);
      throw error;
    }
  }

  /**
   * Reads the elements of a tensor in row-major order.
   * @throws {BioBertError} CHECKPOINT_DAMAGED, also if a number is NaN or infinite.
   */
  async read(tensor: StoredTensor): Promise<Float32Array> {
    const file = this.open.get(tensor.file);
    if (!file) throw damaged(tensor.file, 'is not open');
    const bytes = await file.read(tensor.offset, tensor.bytes);
    checkSum(bytes, tensor);
    const floats = toFloats(bytes, tensor.elementType);
    const { shape, strides } = tensor;
    const isPlain = !strides || strides.every((stride, axis) => stride === rowMajor(shape)[axis]);
    const elements = isPlain ? floats : gather(floats, shape, strides);
    if (areFinite(elements)) return elements;
    throw damaged(tensor.file, `holds a number that is not finite in the tensor ${tensor.name}`);
  }

  close(): Promise<void> {
    return closeAll(this.open);
  }
}

function checkSum(bytes: Uint8Array, { checksum, file, name }: StoredTensor): void {
  if (!checksum) return;
  const found = checksum.kind === 'zip' ? crc32(bytes) : crc32c(bytes);
  if (found !== checksum.value) throw damaged(file, `fails its checksum at the tensor ${name}`);
}

async function closeAll(open: ReadonlyMap<string, PartFile>): Promise<void> {
  for (const file of open.values()) await file.close();
}

async function findFiles(path: string): Promise<CheckpointFiles> {
  const kind = await kindOf(path);
  if (kind === 'folder') return findInFolder(path);
  const folder = dirname(path);
  const name = basename(path);
  // TensorFlow names a checkpoint without the ending of its files.
  if (kind === undefined && (await isFile(`${path}.index`)))
    return found(folder, `${name}.index`, 'tensorflow');
  if (kind === undefined) throw notFound(`There is nothing at ${path}.`);
  if (/\.safetensors$/u.test(name)) return found(folder, name, 'safetensors');
  if (/\.(?:bin|pt|pth)$/u.test(name)) return found(folder, name, 'pytorch');
  const index = /^(.+)\.(?:index|meta|data-\d{5}-of-\d{5})$/u.exec(name)?.[1];
  if (index !== undefined) return found(folder, `${index}.index`, 'tensorflow');
  throw notFound(`${name} is no checkpoint by its name.`);
}

function found(folder: string, name: string, format: CheckpointFiles['format']): CheckpointFiles {
  return { folder, weights: [name], format };
}

async function findInFolder(folder: string): Promise<CheckpointFiles> {
  for (const [name, format] of [
    ['model.safetensors', 'safetensors'],
    ['pytorch_model.bin', 'pytorch'],
  ] as const) {
    if (await isFile(join(folder, name))) return found(folder, name, format);
    const index = `${name}.index.json`;
    if (await isFile(join(folder, index))) {
      return { folder, weights: await shardsOf(folder, index), format };
    }
  }
  const names = await readdir(folder);
  const indexes = names.filter((name) => /\.index$/u.test(name));
  const [index, ...others] = indexes;
  if (index === undefined) {
    throw notFound(`The folder ${folder} has no model.safetensors, pytorch_model.bin or .ckpt.index.`);
  }
  if (others.length > 0) {
    throw notFound(`The folder ${folder} has several checkpoints: ${indexes.sort().join(', ')}.`);
  }
  return found(folder, index, 'tensorflow');
}

/** `{"weight_map": {"bert.embeddings…": "model-00001-of-00002.safetensors" …}}` → the files, each once. */
async function shardsOf(folder: string, index: string): Promise<string[]> {
  const map = (await readJson(join(folder, index)))['weight_map'];
  const names = isRecord(map) ? [...new Set(Object.values(map))] : [];
  if (names.length === 0 || !names.every(isString)) throw damaged(index, 'names no files');
  if (names.some((name) => name !== basename(name) || name.includes('\\') || name === '..')) {
    throw damaged(index, 'names a file outside the folder');
  }
  return names;
}

async function readTensors(
  format: CheckpointFiles['format'],
  name: string,
  open: (name: string) => Promise<PartFile>,
): Promise<readonly StoredTensor[]> {
  const file = await open(name);
  if (format === 'pytorch') return readTorchFile(file);
  if (format === 'safetensors') {
    const length = readHeaderLength(await file.read(0, Math.min(lengthBytes, file.bytes)), name, file.bytes);
    return readHeader(await file.read(lengthBytes, length), name, file.bytes);
  }
  if (file.bytes > maxSmallBytes) throw damaged(name, 'is larger than any index');
  const { tensors, dataFiles } = readTensorBundle(await file.read(0, file.bytes), name);
  for (const dataFile of dataFiles) await open(dataFile);
  return tensors;
}

async function readConfig(folder: string): Promise<Record<string, unknown>> {
  for (const name of ['config.json', 'bert_config.json']) {
    if (await isFile(join(folder, name))) return readJson(join(folder, name));
  }
  throw notFound(`The checkpoint's folder ${folder} has no config.json and no bert_config.json.`);
}

export function notFound(message: string): BioBertError {
  return new BioBertError(
    errorCodes.CHECKPOINT_NOT_FOUND,
    message,
    'Name the folder, or the file with the weights in it: model.safetensors, pytorch_model.bin or NAME.ckpt.index, with config.json and vocab.txt beside it.',
  );
}
