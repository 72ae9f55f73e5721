/**
 * Reads `pytorch_model.bin`. Since PyTorch 1.6 it is a ZIP archive with a pickle and one entry for each storage; before,
 * it was a sequence of pickles followed by the storages. torch/serialization.py defines both layouts.
 */
import { damaged, unsafe } from '../../convert/errors';
import { elementBytes, extentOf, type StoredTensor } from '../../convert/storedTensor';
import { readPlainPickle, readStateDict, type TorchTensor } from '../../convert/torchState';
import type { PartFile } from './files';
import { listZip, type ZipEntry } from './zip';

/** The pickle holds names, shapes and places: a few hundred kilobytes for the largest models. */
const maxPickleBytes = 32 << 20;

/** The first pickle of the older format is this number. It is a double here, like every number of a pickle. */
const magicNumber = Number(0x1950a86a20f9469cfc6cn);

/** @throws {BioBertError} CHECKPOINT_DAMAGED, CHECKPOINT_UNSAFE */
export async function readTorchFile(file: PartFile): Promise<StoredTensor[]> {
  const start = Buffer.from(await file.read(0, Math.min(4, file.bytes)));
  if (start.toString('latin1') === 'PK\u0003\u0004') return readArchive(file);
  if (start[0] === 0x80) return readLegacy(file);
  throw damaged(file.name, 'is no PyTorch checkpoint');
}

/** The place of a storage in the file. */
interface Storage {
  readonly offset: number;
  readonly bytes: number;
  readonly crc32?: number;
}

async function readArchive(file: PartFile): Promise<StoredTensor[]> {
  const entries = await listZip(file);
  const pickles = [...entries.keys()].filter((name) => /^[^/]+\/data\.pkl$/u.test(name));
  const [pickle, ...others] = pickles;
  if (pickle === undefined || others.length > 0) throw damaged(file.name, 'is no PyTorch checkpoint');
  const folder = pickle.slice(0, pickle.indexOf('/'));
  await checkByteOrder(file, entries.get(`${folder}/byteorder`));
  const bytes = await readStored(file, pickle, entries.get(pickle), maxPickleBytes);
  const { tensors } = readStateDict(bytes, file.name);
  const places = new Map<string, Storage>();
  for (const { storage } of tensors) {
    if (places.has(storage)) continue;
    const name = `${folder}/data/${storage}`;
    const entry = entries.get(name);
    if (!entry) throw damaged(file.name, `has no entry ${JSON.stringify(name.slice(0, 80))}`);
    checkStored(file, name, entry);
    places.set(storage, { offset: await entry.locate(), bytes: entry.bytes, crc32: entry.crc32 });
  }
  return tensors.map((tensor) => place(file, tensor, places.get(tensor.storage)));
}

async function checkByteOrder(file: PartFile, entry: ZipEntry | undefined): Promise<void> {
  if (!entry) return;
  const order = Buffer.from(await readStored(file, 'byteorder', entry, 16)).toString('latin1');
  if (order.trim() !== 'little') throw damaged(file.name, 'is of a machine with big-endian numbers');
}

async function readStored(
  file: PartFile,
  name: string,
  entry: ZipEntry | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  if (!entry || entry.bytes > maxBytes) throw damaged(file.name, `has an entry ${name} that is too large`);
  checkStored(file, name, entry);
  return file.read(await entry.locate(), entry.bytes);
}

/** PyTorch never compresses an entry. A compressed one is an attempt at an archive bomb. */
function checkStored(file: PartFile, name: string, entry: ZipEntry): void {
  if (!entry.isStored) throw unsafe(file.name, `has a compressed entry ${JSON.stringify(name.slice(0, 80))}`);
}

async function readLegacy(file: PartFile): Promise<StoredTensor[]> {
  const { name } = file;
  const head = await file.read(0, Math.min(file.bytes, maxPickleBytes));
  const magic = readPlainPickle(head, name, 0);
  if (magic.value !== magicNumber) throw damaged(name, 'is no PyTorch checkpoint');
  const version = readPlainPickle(head, name, magic.end);
  const system = readPlainPickle(head, name, version.end);
  const isLittleEndian = system.value instanceof Map && system.value.get('little_endian') === true;
  if (!isLittleEndian) throw damaged(name, 'is of a machine with big-endian numbers');
  const { tensors, end } = readStateDict(head, name, system.end);
  const keys = readPlainPickle(head, name, end);
  const places = await walkStorages(file, tensors, keys.value, keys.end);
  return tensors.map((tensor) => place(file, tensor, places.get(tensor.storage)));
}

/** The storages follow the pickles in the order of their keys, each with its number of elements in 8 bytes. */
async function walkStorages(
  file: PartFile,
  tensors: readonly TorchTensor[],
  keys: unknown,
  start: number,
): Promise<Map<string, Storage>> {
  const known = new Map(tensors.map((tensor) => [tensor.storage, tensor]));
  const places = new Map<string, Storage>();
  let offset = start;
  if (!Array.isArray(keys)) throw damaged(file.name, 'does not list its storages');
  for (const key of keys as unknown[]) {
    const tensor = typeof key === 'string' ? known.get(key) : undefined;
    if (!tensor || places.has(tensor.storage)) throw damaged(file.name, 'lists a storage without a tensor');
    const count = Number(Buffer.from(await file.read(offset, 8)).readBigInt64LE());
    if (count !== tensor.storageElements) throw damaged(file.name, 'has a storage of another size');
    const bytes = count * elementBytes[tensor.elementType];
    places.set(tensor.storage, { offset: offset + 8, bytes });
    offset += 8 + bytes;
  }
  return places;
}

function place(
  file: PartFile,
  { name, elementType, offset, shape, strides }: TorchTensor,
  storage: Storage | undefined,
): StoredTensor {
  const size = elementBytes[elementType];
  const bytes = extentOf(shape, strides) * size;
  if (!storage || offset * size + bytes > storage.bytes || storage.offset + storage.bytes > file.bytes) {
    throw damaged(file.name, `is cut off before the tensor ${name}`);
  }
  const isWhole = bytes === storage.bytes && storage.crc32 !== undefined;
  return {
    name,
    elementType,
    shape,
    strides,
    file: file.name,
    offset: storage.offset + offset * size,
    bytes,
    checksum: isWhole ? { kind: 'zip', value: storage.crc32 ?? 0 } : undefined,
  };
}
