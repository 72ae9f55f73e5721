/**
 * Reads the index of a TensorFlow checkpoint (`NAME.index`). It is a sorted table that maps the empty key to the
 * header, and the name of each tensor to its location in `NAME.data-00000-of-00001`.
 */
import { fromBinary } from '@bufbuild/protobuf';
import { unmask } from './crc32c';
import { damaged } from './errors';
import {
  BundleEntryProtoSchema,
  type BundleEntryProto,
  BundleHeaderProto_Endianness,
  BundleHeaderProtoSchema,
} from './proto/tensor_bundle_pb';
import { readSortedTable } from './sortedTable';
import { elementBytes, elementCount, type ElementType, type StoredTensor } from './storedTensor';

/** Element types by their numbers in tensorflow.DataType. */
const dataTypes: ReadonlyMap<number, ElementType> = new Map([
  [1, 'F32'],
  [2, 'F64'],
  [3, 'I32'],
  [4, 'U8'],
  [5, 'I16'],
  [6, 'I8'],
  [9, 'I64'],
  [10, 'BOOL'],
  [14, 'BF16'],
  [19, 'F16'],
]);

const maxShards = 10_000;

export interface TensorBundle {
  readonly tensors: readonly StoredTensor[];
  /** Names of the data files, by shard. */
  readonly dataFiles: readonly string[];
}

/**
 * Reads an index.
 *
 * @param file Name of the index, `model.ckpt.index`.
 * @throws {BioBertError} CHECKPOINT_DAMAGED. The caller has to check that the tensors are inside their files.
 */
export function readTensorBundle(bytes: Uint8Array, file: string): TensorBundle {
  const entries = readSortedTable(bytes, file);
  const [first, ...rest] = entries;
  if (first?.key !== '') throw damaged(file, 'has no header');
  const header = parse(file, () => fromBinary(BundleHeaderProtoSchema, first.value));
  if (header.endianness !== BundleHeaderProto_Endianness.LITTLE) {
    throw damaged(file, 'is of a machine with big-endian numbers');
  }
  if (header.numShards < 1 || header.numShards > maxShards) throw damaged(file, 'names no data files');
  const dataFiles = shardNames(file, header.numShards);
  const tensors: StoredTensor[] = [];
  for (const { key, value } of rest) {
    const entry = parse(file, () => fromBinary(BundleEntryProtoSchema, value));
    const tensor = readEntry(key, entry, file, dataFiles);
    if (tensor) tensors.push(tensor);
  }
  return { tensors, dataFiles };
}

function shardNames(index: string, shards: number): string[] {
  const base = index.replace(/\.index$/u, '');
  const fiveDigits = (value: number) => String(value).padStart(5, '0');
  return Array.from(
    { length: shards },
    (_, shard) => `${base}.data-${fiveDigits(shard)}-of-${fiveDigits(shards)}`,
  );
}

/** @returns undefined for strings and other values that are not numbers. */
function readEntry(
  name: string,
  { dtype, shape, shardId, offset, size, crc32c, slices }: BundleEntryProto,
  file: string,
  dataFiles: readonly string[],
): StoredTensor | undefined {
  const elementType = dataTypes.get(dtype);
  if (!elementType) return undefined;
  if (slices.length > 0) throw damaged(file, `keeps the tensor ${name} in pieces, which is not supported`);
  const dataFile = dataFiles[shardId];
  const dims = shape?.dim.map((dim) => Number(dim.size)) ?? [];
  const bytes = Number(size);
  if (dataFile === undefined || !Number.isSafeInteger(bytes) || offset < 0n || shape?.unknownRank) {
    throw damaged(file, `does not say where the tensor ${name} lies`);
  }
  if (elementCount(dims) * elementBytes[elementType] !== bytes) {
    throw damaged(file, `holds ${bytes} bytes for the tensor ${name} of shape [${dims.join(', ')}]`);
  }
  return {
    name,
    elementType,
    shape: dims,
    file: dataFile,
    offset: Number(offset),
    bytes,
    checksum: { kind: 'castagnoli', value: unmask(crc32c) },
  };
}

function parse<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damaged(file, 'has an entry that cannot be read', error);
  }
}
