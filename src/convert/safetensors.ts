/**
 * Reads the header of a `.safetensors` file. The file consists of 8 bytes with the length of the header, JSON with the
 * location of each tensor, and the numbers. https://github.com/huggingface/safetensors#format
 */
import { visit } from 'jsonc-parser';
import { damaged } from './errors';
import { elementBytes, elementCount, type ElementType, type StoredTensor } from './storedTensor';

/** Number of bytes before the header. */
export const lengthBytes = 8;

/**
 * Maximum size of the header. The format allows 100 MB; the header of BERT-large has 50 kB, and text of the maximum size
 * can be parsed with a hundred megabytes of memory.
 */
const maxHeaderBytes = 10_000_000;

/**
 * Reads the length of the header.
 *
 * @param start The first 8 bytes of the file.
 * @returns the length in bytes.
 * @throws {BioBertError} CHECKPOINT_DAMAGED if the file is shorter than its header.
 */
export function readHeaderLength(start: Uint8Array, file: string, fileBytes: number): number {
  if (start.byteLength < lengthBytes) throw damaged(file, 'is cut off');
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length > maxHeaderBytes) throw damaged(file, 'has a header that is larger than that of any BERT');
  if (length + lengthBytes > fileBytes) throw damaged(file, 'is cut off in its header');
  return length;
}

/**
 * Reads the header.
 *
 * @param header The bytes of the JSON.
 * @throws {BioBertError} CHECKPOINT_DAMAGED if a tensor is not inside the file or its size does not match its shape.
 */
export function readHeader(header: Uint8Array, file: string, fileBytes: number): StoredTensor[] {
  const json = parseHeader(header, file);
  const dataStart = lengthBytes + header.byteLength;
  const tensors: StoredTensor[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name !== '__metadata__') tensors.push(readEntry(name, value, { file, dataStart, fileBytes }));
  }
  refuseOverlaps(tensors, file);
  return tensors;
}

/** The format gives every tensor its own bytes. Two names for the same bytes mean that one of them is forged. */
function refuseOverlaps(tensors: readonly StoredTensor[], file: string): void {
  const inOrder = tensors.filter(({ bytes }) => bytes > 0).sort((a, b) => a.offset - b.offset);
  for (const [index, { name, offset }] of inOrder.entries()) {
    const previous = inOrder[index - 1];
    if (!previous || previous.offset + previous.bytes <= offset) continue;
    throw damaged(file, `gives the tensors ${previous.name} and ${name} the same bytes`);
  }
}

function parseHeader(header: Uint8Array, file: string): object {
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(header);
    json = JSON.parse(text);
  } catch (error) {
    throw damaged(file, 'has a header that is not JSON', error);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw damaged(file, 'has a header that is no JSON object');
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw damaged(file, `names ${repeated} twice in its header`);
  return json;
}

/** @returns a key that an object of the JSON has twice. `JSON.parse` would keep the last one without a word. */
function repeatedKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  let repeated: string | undefined;
  visit(json, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key) => {
      const keys = open.at(-1);
      if (keys?.has(key)) repeated ??= key;
      keys?.add(key);
    },
  });
  return repeated;
}

interface FileLayout {
  readonly file: string;
  readonly dataStart: number;
  readonly fileBytes: number;
}

function readEntry(name: string, value: unknown, { file, dataStart, fileBytes }: FileLayout): StoredTensor {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  if (!isElementType(dtype)) throw damaged(file, `names an unknown number type for the tensor ${name}`);
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw damaged(file, `does not say where the tensor ${name} lies`);
  }
  const [begin = 0, end = 0] = offsets;
  const bytes = end - begin;
  if (bytes < 0 || dataStart + end > fileBytes) throw damaged(file, `is cut off before the tensor ${name}`);
  if (elementCount(shape) * elementBytes[dtype] !== bytes) {
    throw damaged(file, `holds ${bytes} bytes for the tensor ${name} of shape [${shape.join(', ')}]`);
  }
  return { name, elementType: dtype, shape, file, offset: dataStart + begin, bytes };
}

function isElementType(value: unknown): value is ElementType {
  return typeof value === 'string' && Object.hasOwn(elementBytes, value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && (each as number) >= 0);
}
